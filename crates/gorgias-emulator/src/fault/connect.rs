//! Faults that happen to a connection before a request is read.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::disconnect::{Disconnect, DisconnectKind, DisconnectStage};

/// One such fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connect {
    Refuse,
    Blackhole,
    TlsAlert,
    TlsGarbage,
    TlsStall,
    Close,
    Reset,
    PartialRead,
    TooLarge,
    Proxy(u16),
}

/// A fatal alert, handshake_failure, in TLS 1.2 framing.
const ALERT: &[u8] = b"\x15\x03\x03\x00\x02\x02\x28";

/// The bytes of a request that are read before the connection is cut.
const PARTIAL: usize = 512;

/// How long further bytes of a client are read and dropped. Without that,
/// closing the connection would reset it.
const LINGER: Duration = Duration::from_secs(1);

impl Connect {
    /// Returns the error for a client in process.
    pub(super) fn disconnect(self) -> Disconnect {
        use DisconnectKind as Kind;
        use DisconnectStage as Stage;
        let (kind, stage) = match self {
            Self::Refuse | Self::Proxy(_) => (Kind::Refused, Stage::BeforeRequest),
            Self::Blackhole => (Kind::TimedOut, Stage::BeforeRequest),
            Self::TlsAlert | Self::TlsGarbage => (Kind::Handshake, Stage::BeforeRequest),
            Self::TlsStall => (Kind::TimedOut, Stage::BeforeRequest),
            Self::Close => (Kind::Closed, Stage::BeforeRequest),
            Self::Reset => (Kind::Reset, Stage::BeforeRequest),
            Self::PartialRead => (Kind::Reset, Stage::DuringRequest),
            // In process this fault is an answer, so the value isn't used.
            Self::TooLarge => (Kind::Closed, Stage::DuringRequest),
        };
        Disconnect::new(kind, stage)
    }

    /// Whether a client in process waits until it times out.
    pub(super) fn stalls(self) -> bool {
        matches!(self, Self::Blackhole | Self::TlsStall)
    }

    /// Whether the fault is of the port rather than of a connection.
    pub(super) fn is_at_port(self) -> bool {
        matches!(self, Self::Refuse | Self::Blackhole)
    }

    /// Runs the fault on an accepted connection.
    pub(super) async fn run(self, mut stream: TcpStream, hold: Duration) -> io::Result<()> {
        match self {
            Self::TlsAlert => {
                read_some(&mut stream).await?;
                stream.write_all(ALERT).await?;
                drain(stream).await
            }
            Self::TlsGarbage => {
                read_some(&mut stream).await?;
                stream
                    .write_all(b"\x16\xff\xff these are not records")
                    .await?;
                drain(stream).await
            }
            Self::TlsStall => {
                tokio::time::sleep(hold).await;
                Ok(())
            }
            Self::Close => drain(stream).await,
            Self::Reset => stream.set_zero_linger(),
            Self::PartialRead => {
                let mut part = [0; PARTIAL];
                stream.read_exact(&mut part).await?;
                stream.set_zero_linger()
            }
            Self::TooLarge => {
                read_some(&mut stream).await?;
                stream.write_all(&too_large()).await?;
                drain(stream).await
            }
            Self::Proxy(status) => {
                read_some(&mut stream).await?;
                let head = format!("HTTP/1.1 {status} Refused\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(head.as_bytes()).await?;
                drain(stream).await
            }
            // These are faults of the port.
            Self::Refuse | Self::Blackhole => Ok(()),
        }
    }

    /// Runs the fault on a port, and returns a listener that works again.
    pub(super) async fn run_at_port(
        self,
        listener: TcpListener,
        hold: Duration,
    ) -> io::Result<TcpListener> {
        let address = listener.local_addr()?;
        drop(listener);
        match self {
            Self::Blackhole => blackhole(address, hold).await?,
            _ => tokio::time::sleep(hold).await,
        }
        TcpListener::bind(address).await
    }
}

/// Keeps a port whose queue is full: Linux then ignores further connections.
async fn blackhole(address: SocketAddr, hold: Duration) -> io::Result<()> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    let listener = socket.listen(1)?;
    let mut fillers = Vec::new();
    // A queue of length one holds two connections. The third one waits.
    while let Ok(Ok(filler)) = timeout(Duration::from_millis(50), TcpStream::connect(address)).await
    {
        fillers.push(filler);
    }
    tokio::time::sleep(hold).await;
    drop(fillers);
    drop(listener);
    Ok(())
}

/// Reads the first bytes.
async fn read_some(stream: &mut TcpStream) -> io::Result<()> {
    let mut some = [0; 4096];
    stream.read(&mut some).await.map(drop)
}

/// Closes the sending side, and reads what the client still sends.
async fn drain(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut rest = [0; 4096];
    let read = async { while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {} };
    // A client that still sends after that is cut off.
    let _ = timeout(LINGER, read).await;
    Ok(())
}

fn too_large() -> Vec<u8> {
    let body = crate::http::envelope::too_large().body;
    let head = format!(
        "HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}
