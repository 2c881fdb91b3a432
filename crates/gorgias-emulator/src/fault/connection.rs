//! Runs a rule's fault on an accepted connection or on the port. `connect` has the
//! kinds of these faults and what each does.

use std::io;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::connect::{Connect, blackhole};
use super::info::Action;
use super::settings::Fault;

impl Fault {
    fn connect(&self) -> Option<Connect> {
        match self.info?.action {
            Action::Connect(connect) => Some(connect),
            _ => None,
        }
    }

    /// Runs the fault on an accepted connection.
    pub(crate) async fn run_on(self, stream: TcpStream) -> io::Result<()> {
        sleep(self.latency).await;
        match self.connect() {
            Some(connect) => connect.run(stream, self.hold_time()).await,
            None => Ok(()),
        }
    }

    /// Runs the fault on a port, and returns a listener that works again.
    pub(crate) async fn run_at_port(self, listener: TcpListener) -> io::Result<TcpListener> {
        let address = listener.local_addr()?;
        drop(listener);
        match self.connect() {
            Some(Connect::Blackhole) => blackhole(address, self.hold_time()).await?,
            _ => sleep(self.hold_time()).await,
        }
        TcpListener::bind(address).await
    }
}
