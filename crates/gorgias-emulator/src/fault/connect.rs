//! Faults that happen to a connection before a request is read.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ::http::{HeaderValue, Response, header};
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use super::wire::head;
use crate::disconnect::DisconnectStage::{BeforeRequest, DuringRequest};
use crate::disconnect::{Disconnect, DisconnectKind};

/// A fault that happens before a request is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Connect {
    /// The port is closed for a while.
    Refuse,
    /// The queue of the port is full for a while.
    Blackhole,
    /// The first bytes of the client are answered with these bytes. In process, the
    /// client gets a [`Disconnect`] of this kind.
    Answer(&'static [u8], DisconnectKind),
    TlsStall,
    Close,
    Reset,
    PartialRead,
    TooLarge,
}

/// The bytes of a request that are read before the connection is cut.
const PARTIAL: usize = 512;

/// How long further bytes of a client are read and dropped. If they were not read,
/// closing the connection would reset it.
const LINGER: Duration = Duration::from_secs(1);

impl Connect {
    /// Returns the error for a client in process.
    pub(super) fn disconnect(self) -> Disconnect {
        let (kind, stage) = match self {
            Self::Refuse => (DisconnectKind::Refused, BeforeRequest),
            Self::Answer(_, kind) => (kind, BeforeRequest),
            Self::Blackhole | Self::TlsStall => (DisconnectKind::TimedOut, BeforeRequest),
            Self::Close => (DisconnectKind::Closed, BeforeRequest),
            Self::Reset => (DisconnectKind::Reset, BeforeRequest),
            Self::PartialRead => (DisconnectKind::Reset, DuringRequest),
            // In process this fault is an answer and not an error, so the value isn't
            // used.
            Self::TooLarge => (DisconnectKind::Closed, DuringRequest),
        };
        Disconnect::new(kind, stage)
    }

    /// Whether the fault happens to the port, before a connection is accepted.
    pub(super) fn is_at_port(self) -> bool {
        matches!(self, Self::Refuse | Self::Blackhole)
    }

    pub(super) async fn run(self, mut stream: TcpStream, hold: Duration) -> io::Result<()> {
        match self {
            Self::Answer(bytes, _) => answer(stream, bytes).await,
            Self::TooLarge => answer(stream, &too_large()).await,
            Self::TlsStall => {
                sleep(hold).await;
                Ok(())
            }
            Self::Close => drain(stream).await,
            Self::Reset => stream.set_zero_linger(),
            Self::PartialRead => {
                let mut part = [0; PARTIAL];
                stream.read_exact(&mut part).await?;
                stream.set_zero_linger()
            }
            // These are faults of the port.
            Self::Refuse | Self::Blackhole => Ok(()),
        }
    }
}

/// Keeps the queue of a port full for the hold time. Linux then ignores further
/// connections.
pub(super) async fn blackhole(address: SocketAddr, hold: Duration) -> io::Result<()> {
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
    sleep(hold).await;
    drop(fillers);
    drop(listener);
    Ok(())
}

/// Reads the first bytes of the client, and answers.
async fn answer(mut stream: TcpStream, bytes: &[u8]) -> io::Result<()> {
    let mut some = [0; 4096];
    let _ = stream.read(&mut some).await?;
    stream.write_all(bytes).await?;
    drain(stream).await
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
    let mut response: Response<Bytes> = crate::http::envelope::too_large().into();
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    [head(&response).as_slice(), response.body()].concat()
}
