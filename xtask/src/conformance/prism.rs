//! Runs Prism as a proxy between the client and the emulator. Prism checks every request and
//! response against the document.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use anyhow::{Context, Result, ensure};

use super::{
    CheckContext,
    emulator::{self, build_command},
};
use crate::{
    process::{cargo, run},
    server::Server,
};

/// With this fault, the emulator answers the creation of a ticket with the external id `broken`
/// with an invalid response.
const BROKEN: &str = "P5,external-id=broken,times=always";

pub(super) fn check(context: &CheckContext) -> Result<String> {
    let emulator = emulator::start(&build_command(&context.root)?, &["--fault", BROKEN])?;
    let proxy = start(context, &emulator.base_url)?;
    let address = proxy.base_url.trim_start_matches("http://");
    check_proxy(address)?;
    run(cargo()
        .current_dir(&context.root)
        .args(["test", "--quiet", "--package", "gorgias"])
        .args(["--test", "conformance"])
        .env("GORGIAS_PROXY_URL", &proxy.base_url))?;
    Ok("Prism on the client's requests and the emulator's answers".to_owned())
}

fn start(context: &CheckContext, upstream: &str) -> Result<Server> {
    Server::at_free_port(|address| {
        let mut command = context.tools.node("prism")?;
        command
            .args(["proxy", "--errors", "--verboseLevel", "error"])
            .args(["--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .arg(context.spec())
            .arg(upstream);
        Ok(command)
    })
}

/// Checks that the proxy refuses invalid requests and responses. Otherwise the test would prove
/// nothing.
fn check_proxy(address: &str) -> Result<()> {
    let message = r#"{"channel": "api", "from_agent": false, "body_text": "Hello."}"#;
    let good = create(address, &format!(r#"{{"messages": [{message}]}}"#))?;
    ensure!(good == 201, "Prism answered a valid request with {good}");
    let bad = create(address, "{}")?;
    ensure!(bad == 422, "Prism let an invalid request through ({bad})");
    let broken = format!(r#"{{"external_id": "broken", "messages": [{message}]}}"#);
    let broken = create(address, &broken)?;
    ensure!(
        broken >= 500,
        "Prism let an invalid response through ({broken})"
    );
    Ok(())
}

/// Creates a ticket through the proxy. Returns the status of the response.
fn create(address: &str, body: &str) -> Result<u16> {
    let mut stream = TcpStream::connect(address)?;
    // The credentials of the emulator, in base64.
    let authorization = "YWdlbnRAYWNtZS5leGFtcGxlOmNvbmZvcm1hbmNlLWtleQ==";
    let length = body.len();
    write!(
        stream,
        "POST /api/tickets HTTP/1.1\r\nhost: {address}\r\nauthorization: Basic {authorization}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status
        .parse()
        .with_context(|| format!("Prism answered with '{status}'"))
}
