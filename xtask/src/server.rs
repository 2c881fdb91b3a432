//! Starts and stops servers that run as processes of their own.

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// A running server, which is stopped when this value is dropped.
pub struct Server {
    process: Child,
    /// The URL of the server.
    pub base_url: String,
}

impl Server {
    /// Starts a server that prints its URL.
    pub fn printing_url(command: &mut Command) -> Result<Self> {
        let mut server = Self::spawn(command.stdout(Stdio::piped()))?;
        if let Some(stdout) = server.process.stdout.take() {
            BufReader::new(stdout).read_line(&mut server.base_url)?;
        }
        server.base_url = server.base_url.trim().to_owned();
        if server.base_url.is_empty() {
            bail!("the server ended before it printed its address");
        }
        Ok(server)
    }

    /// Starts a server that can't choose a free port itself. `command` returns the command that
    /// starts the server at an address.
    pub fn at_free_port(command: impl FnOnce(SocketAddr) -> Result<Command>) -> Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut server = Self::spawn(command(address)?.stdout(Stdio::null()))?;
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.process.try_wait()? {
                bail!("the server ended before it listened ({status})");
            }
            thread::sleep(Duration::from_millis(50));
        }
        server.base_url = format!("http://{address}");
        Ok(server)
    }

    fn spawn(command: &mut Command) -> Result<Self> {
        // Some servers end when their input ends, so the input stays open.
        let process = command.stdin(Stdio::piped()).spawn();
        Ok(Self {
            process: process.context("cannot start the server")?,
            base_url: String::new(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that the process has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
