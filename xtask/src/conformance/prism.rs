//! Runs Prism as a proxy between the client and the emulator, where it checks
//! every request and response against the document.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use super::{
    CheckContext,
    emulator::{Emulator, build_command},
};
use crate::process::{cargo, run};

/// The emulator answers a ticket of this external id with half of its fields.
const BROKEN: &str = "P5,external-id=broken,times=always";

pub(super) fn check(context: &CheckContext) -> Result<String> {
    let emulator = Emulator::start(&build_command(&context.root)?, &["--fault", BROKEN])?;
    let proxy = Proxy::start(context, emulator.base_url())?;
    proxy.prove_that_it_watches()?;
    run(cargo()
        .current_dir(&context.root)
        .args(["test", "--quiet", "--package", "gorgias"])
        .args(["--test", "conformance"])
        .env("GORGIAS_PROXY_URL", format!("http://{}", proxy.address)))?;
    Ok("Prism on the client's requests and the emulator's answers".to_owned())
}

/// A running proxy, which stops when this is dropped.
struct Proxy {
    process: Child,
    address: SocketAddr,
}

impl Proxy {
    fn start(context: &CheckContext, upstream: &str) -> Result<Self> {
        // Prism cannot choose a port by itself.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let process = context
            .tools
            .node("prism")?
            .args(["proxy", "--errors", "--verboseLevel", "error"])
            .args(["--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .arg(context.spec())
            .arg(upstream)
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start Prism")?;
        let mut proxy = Self { process, address };
        while TcpStream::connect(address).is_err() {
            if let Some(status) = proxy.process.try_wait()? {
                bail!("Prism ended before it listened ({status})");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(proxy)
    }

    /// Checks that the proxy refuses invalid requests and responses, because
    /// otherwise it would prove nothing.
    fn prove_that_it_watches(&self) -> Result<()> {
        let message = r#"{"channel": "api", "from_agent": false, "body_text": "Hello."}"#;
        let good = self.create(&format!(r#"{{"messages": [{message}]}}"#))?;
        ensure!(good == 201, "Prism answered a valid request with {good}");
        let bad = self.create("{}")?;
        ensure!(bad == 422, "Prism let an invalid request through ({bad})");
        let broken = format!(r#"{{"external_id": "broken", "messages": [{message}]}}"#);
        let broken = self.create(&broken)?;
        ensure!(
            broken >= 500,
            "Prism let an invalid response through ({broken})"
        );
        Ok(())
    }

    /// Creates a ticket through the proxy. Returns the status of the response.
    fn create(&self, body: &str) -> Result<u16> {
        let mut stream = TcpStream::connect(self.address)?;
        // The credentials of the emulator, in base64.
        let authorization = "YWdlbnRAYWNtZS5leGFtcGxlOmNvbmZvcm1hbmNlLWtleQ==";
        let length = body.len();
        write!(
            stream,
            "POST /api/tickets HTTP/1.1\r\nhost: {}\r\nauthorization: Basic {authorization}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}",
            self.address
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        status
            .parse()
            .with_context(|| format!("Prism answered with '{status}'"))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // An error means that it has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
