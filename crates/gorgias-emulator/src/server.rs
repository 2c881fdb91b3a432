//! The emulator on a socket.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ::http::{Request, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::emulator::Emulator;
use crate::exchange;

/// An emulator that listens; see [`Emulator::serve`].
///
/// Dropping it stops it: the port is closed, exchanges under way are finished
/// in the background, idle connections are closed.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) async fn start(emulator: Emulator, address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() && !emulator.shared().allow_remote {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the emulator listens on loopback addresses only",
            ));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, emulator, stopped));
        Ok(Self {
            address,
            stop,
            accepting: Some(accepting),
        })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as a URL without a trailing slash, `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops and waits until exchanges under way are finished.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(accepting) = self.accepting.take() {
            // A panic of the accept loop has nobody to go to here.
            let _ = accepting.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// Accepts until stopped, then waits for the connections to end.
async fn accept(listener: TcpListener, emulator: Emulator, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let stop = stopped.clone();
    loop {
        tokio::select! {
            () = is_stopped(&mut stopped) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, emulator.clone(), stop.clone()));
                }
                // Out of file descriptors, say: let some connections end first.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Resolves once the server is stopped.
async fn is_stopped(stopped: &mut watch::Receiver<bool>) {
    // Without a sender the server is gone, which is as good as stopped.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// One connection.
async fn serve(stream: TcpStream, emulator: Emulator, mut stopped: watch::Receiver<bool>) {
    // Small answers should not wait for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let emulator = emulator.clone();
        async move { Ok::<_, Infallible>(answer(&emulator, request).await) }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // What goes wrong on a connection is the client's to see, not ours.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = is_stopped(&mut stopped) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn answer(emulator: &Emulator, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let shared = emulator.shared();
    let body = match Limited::new(body, shared.max_body).collect().await {
        Ok(body) => body.to_bytes(),
        // One byte more than allowed, so that the answer is the 413 it would
        // be in process.
        Err(error) if error.is::<LengthLimitError>() => {
            vec![b' '; shared.max_body.saturating_add(1)].into()
        }
        // The client is gone, and with it whoever would read an answer.
        Err(_) => Bytes::new(),
    };
    exchange::run(shared, &Request::from_parts(head, body)).map(Full::new)
}
