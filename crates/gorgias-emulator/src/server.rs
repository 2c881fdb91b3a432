//! Serves an emulator on a TCP port.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::connection::{self, PortRole, is_stopped};
use crate::emulator::Emulator;
use crate::fault::{ConnectionState, Fault};

/// A running server of an emulator; see [`Emulator::serve`].
///
/// Dropping it stops it: the port is closed, exchanges under way are finished
/// in the background, idle connections are closed and stalls end.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Listens on `address`; with port 0, on any free port. Dropping the [`Server`] stops
    /// it.
    ///
    /// # Errors
    ///
    /// When the address cannot be bound, or is not loopback and
    /// [`EmulatorBuilder::allow_remote`](crate::EmulatorBuilder::allow_remote)
    /// was not set.
    pub async fn serve(&self, address: impl Into<SocketAddr>) -> io::Result<Server> {
        Server::start(self.clone(), address.into(), PortRole::Service).await
    }

    /// Listens on `address` for commands to the emulator itself; see the
    /// crate's documentation for the paths below `/_emulator`. Anyone who can
    /// reach the port can read and change the account.
    ///
    /// # Errors
    ///
    /// See [`serve`](Self::serve).
    pub async fn serve_admin(&self, address: impl Into<SocketAddr>) -> io::Result<Server> {
        Server::start(self.clone(), address.into(), PortRole::Admin).await
    }
}

impl Server {
    async fn start(emulator: Emulator, address: SocketAddr, role: PortRole) -> io::Result<Self> {
        if !address.ip().is_loopback() && !emulator.allow_remote {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the emulator listens on loopback addresses only",
            ));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let acceptor = Acceptor {
            emulator,
            role,
            stopped,
            connections: JoinSet::new(),
        };
        let accepting = tokio::spawn(acceptor.run(listener));
        Ok(Self {
            address,
            stop,
            accepting: Some(accepting),
        })
    }

    /// The address on which the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as a URL without a trailing slash, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops and waits until exchanges under way are finished.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(accepting) = self.accepting.take() {
            // A panic of the accept loop can't be reported here.
            let _ = accepting.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// Accepts connections, and runs faults that happen to a connection before its first
/// request.
struct Acceptor {
    emulator: Emulator,
    role: PortRole,
    stopped: watch::Receiver<bool>,
    connections: JoinSet<()>,
}

impl Acceptor {
    async fn run(mut self, listener: TcpListener) {
        let mut stopped = self.stopped.clone();
        tokio::select! {
            () = is_stopped(&mut stopped) => {}
            _ = self.accept(listener) => {}
        }
        while self.connections.join_next().await.is_some() {}
    }

    /// Accepts connections. Ends only when the port can't be opened again after
    /// a fault.
    async fn accept(&mut self, mut listener: TcpListener) -> io::Result<()> {
        let mut changed = self.emulator.faults.subscribe();
        loop {
            if let Some(fault) = self.take(ConnectionState::Awaited) {
                listener = fault.run_at_port(listener).await?;
            }
            // The rules are checked again only after a connection was accepted or
            // a rule was added.
            loop {
                tokio::select! {
                    accepted = listener.accept() => match accepted {
                        Ok((stream, _)) => {
                            self.serve(stream);
                            break;
                        }
                        // The process may be out of file descriptors, so this waits
                        // until some connections end.
                        Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                    },
                    Ok(()) = changed.changed() => break,
                    Some(_) = self.connections.join_next() => {}
                }
            }
        }
    }

    fn serve(&mut self, stream: TcpStream) {
        let fault = self.take(ConnectionState::Accepted);
        let (emulator, role) = (self.emulator.clone(), self.role);
        let mut stopped = self.stopped.clone();
        self.connections.spawn(async move {
            // Without this, small answers would wait for an acknowledgement.
            let _ = stream.set_nodelay(true);
            // The client sees an error of the connection; the server goes on.
            match fault {
                Some(fault) => tokio::select! {
                    () = is_stopped(&mut stopped) => {}
                    _ = fault.run_on(stream) => {}
                },
                None => connection::serve(stream, emulator, role, stopped).await,
            }
        });
    }

    /// Returns the fault for a connection at this point, if there is one.
    fn take(&self, connection: ConnectionState) -> Option<Fault> {
        if self.role == PortRole::Admin {
            return None;
        }
        let now = self.emulator.account.now();
        self.emulator.faults.of_connection(connection, now)
    }
}
