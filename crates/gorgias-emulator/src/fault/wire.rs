//! Faults that happen to a connection after the request was read.

use std::io;
use std::time::Duration;

use ::http::Response;
use bytes::Bytes;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::disconnect::{Disconnect, DisconnectKind, DisconnectStage};

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Close,
    Reset,
    /// The connection stays open until the fault's hold time is over.
    Stall,
}

/// A fault that happens after the request was read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wire {
    /// Only these bytes, which may be none, instead of an answer.
    Cut(&'static [u8], End),
    /// No answer, on a connection that has served a request before.
    CutReused,
    /// These bytes, which are no HTTP answer.
    Malformed(&'static [u8]),
    /// The answer, then an unannounced end of the connection.
    CloseAfterwards,
    HalfBody(End),
    Drip,
}

/// The wait before each byte of a body that is sent one byte at a time.
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

    /// Returns the result for a client in process, and the plan for a connection.
    /// `response` is the response without the fault. It is used only by faults that [need
    /// a success](Self::needs_success).
    pub(super) fn end(
        self,
        response: Response<Bytes>,
        hold: Duration,
    ) -> (Result<Response<Bytes>, Disconnect>, Plan) {
        let body = response.body().clone();
        let head = head(&response);
        let lost = |kind| Err(Disconnect::new(kind, DisconnectStage::AfterRequest));
        let (write, end, result) = match self {
            Self::Cut(bytes, end) => (bytes.to_vec(), end, lost(end.kind())),
            Self::CutReused => (Vec::new(), End::Close, lost(DisconnectKind::Closed)),
            Self::Malformed(bytes) => {
                let result = lost(DisconnectKind::Malformed);
                (bytes.to_vec(), End::Close, result)
            }
            Self::CloseAfterwards => ([head, body.to_vec()].concat(), End::Close, Ok(response)),
            Self::HalfBody(end) => {
                let half = body.slice(..body.len() / 2);
                let cut = Disconnect::with_head(end.kind(), response.into_parts().0);
                ([head, half.to_vec()].concat(), end, Err(cut))
            }
            Self::Drip => {
                let parts = response.into_parts().0;
                let cut = Disconnect::with_head(DisconnectKind::TimedOut, parts);
                (head, End::Close, Err(cut))
            }
        };
        let drip = match self {
            Self::Drip => body,
            _ => Bytes::new(),
        };
        let plan = Plan {
            write,
            drip,
            end,
            hold,
        };
        (result, plan)
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

/// Encodes the head of a response, with its content length.
pub(super) fn head(response: &Response<Bytes>) -> Vec<u8> {
    let status = response.status();
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
