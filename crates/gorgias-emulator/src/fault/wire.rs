//! Faults that happen to a connection after the request was read.

use std::io;
use std::time::Duration;

use ::http::{Response, StatusCode};
use bytes::Bytes;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::disconnect::{Disconnect, DisconnectKind, DisconnectStage};

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Close,
    Reset,
    /// Not before the fault's hold time is over.
    Stall,
}

/// One such fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// No answer.
    Cut(End),
    /// No answer, on a connection that has served a request before.
    CutReused,
    /// The answer, then an unannounced end of the connection.
    CloseAfterwards,
    PartialHead,
    Garbage,
    TwoLengths,
    NoHead,
    HalfBody(End),
    Drip,
    Informational,
}

/// The wait between two bytes of a dripping body.
const DRIP: Duration = Duration::from_secs(1);

/// The bytes written to a connection, and how it ends.
#[derive(Debug)]
pub(crate) struct Plan {
    write: Vec<u8>,
    /// Bytes written after the others, one at a time.
    drip: Bytes,
    end: End,
    hold: Duration,
}

impl Wire {
    /// Whether the fault applies only to a success.
    pub(super) fn needs_success(self) -> bool {
        matches!(self, Self::CloseAfterwards | Self::HalfBody(_) | Self::Drip)
    }

    /// Returns the error of an exchange in process, and whether it comes only
    /// after the fault's hold time. Returns `None` when the answer arrives
    /// whole.
    pub(super) fn disconnect(self, response: &Response<Bytes>) -> Option<(Disconnect, bool)> {
        use DisconnectKind as Kind;
        let cut = |kind| Disconnect::new(kind, DisconnectStage::AfterRequest);
        let in_body = |kind| Disconnect::with_head(kind, head_of(response));
        Some(match self {
            Self::CloseAfterwards => return None,
            Self::Cut(end) => (cut(end.kind()), end == End::Stall),
            Self::CutReused | Self::PartialHead => (cut(Kind::Closed), false),
            Self::Garbage | Self::TwoLengths | Self::NoHead => (cut(Kind::Malformed), false),
            Self::Informational => (cut(Kind::TimedOut), true),
            Self::HalfBody(end) => (in_body(end.kind()), end == End::Stall),
            Self::Drip => (in_body(Kind::TimedOut), true),
        })
    }

    /// Returns what happens on a connection.
    pub(super) fn plan(self, response: &Response<Bytes>, hold: Duration) -> Plan {
        let plan = |write: Vec<u8>, end| Plan {
            write,
            drip: Bytes::new(),
            end,
            hold,
        };
        let body = response.body();
        match self {
            Self::Cut(end) => plan(Vec::new(), end),
            Self::CutReused => plan(Vec::new(), End::Close),
            Self::CloseAfterwards => plan([head(response), body.to_vec()].concat(), End::Close),
            Self::PartialHead => plan(b"HTTP/1.1 201 Cre".to_vec(), End::Close),
            Self::Garbage => plan(
                b"\x00\x9f\x92\x96 not http\r\n\r\n\xff".to_vec(),
                End::Close,
            ),
            Self::TwoLengths => plan(
                b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-length: 20\r\n\r\n{}"
                    .to_vec(),
                End::Close,
            ),
            Self::NoHead => plan(b"<html>It works!</html>\n".to_vec(), End::Close),
            Self::HalfBody(end) => {
                let half = body.slice(..body.len() / 2);
                plan([head(response), half.to_vec()].concat(), end)
            }
            Self::Drip => Plan {
                drip: body.clone(),
                ..plan(head(response), End::Close)
            },
            Self::Informational => plan(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), End::Stall),
        }
    }
}

impl End {
    fn kind(self) -> DisconnectKind {
        match self {
            Self::Close => DisconnectKind::Closed,
            Self::Reset => DisconnectKind::Reset,
            Self::Stall => DisconnectKind::TimedOut,
        }
    }
}

impl Plan {
    pub(crate) async fn run(self, mut stream: TcpStream) -> io::Result<()> {
        stream.write_all(&self.write).await?;
        for byte in self.drip {
            tokio::time::sleep(DRIP).await;
            stream.write_all(&[byte]).await?;
        }
        match self.end {
            End::Close => stream.shutdown().await,
            End::Reset => stream.set_zero_linger(),
            End::Stall => {
                tokio::time::sleep(self.hold).await;
                Ok(())
            }
        }
    }
}

fn head_of(response: &Response<Bytes>) -> ::http::response::Parts {
    let mut head = Response::new(());
    *head.status_mut() = response.status();
    head.headers_mut().clone_from(response.headers());
    head.into_parts().0
}

/// Encodes the head of a response, with its content length.
fn head(response: &Response<Bytes>) -> Vec<u8> {
    let status: StatusCode = response.status();
    let mut out = format!("HTTP/1.1 {status}\r\n").into_bytes();
    for (name, value) in response.headers() {
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    let length = response.body().len();
    out.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
    out
}
