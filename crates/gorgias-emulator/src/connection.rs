//! Serves HTTP on one connection, until the client, a fault or the server's end closes
//! it.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use ::http::{Request, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::account::lock;
use crate::admin;
use crate::emulator::Emulator;
use crate::fault::{self, ConnectionState, Ending, Plan};

/// The use of a port: for the emulated service, or for commands to the emulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PortRole {
    Service,
    Admin,
}

/// Resolves once the server is stopped.
pub(crate) async fn is_stopped(stopped: &mut watch::Receiver<bool>) {
    // An error means that the sender, and so the server, is gone.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Serves a connection to its end.
pub(crate) async fn serve(
    stream: TcpStream,
    emulator: Emulator,
    role: PortRole,
    mut stopped: watch::Receiver<bool>,
) {
    let plan: Arc<Mutex<Option<Plan>>> = Arc::default();
    let service = Exchanges {
        emulator,
        role,
        plan: Arc::clone(&plan),
        reused: Arc::default(),
    };
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // The stream isn't shut down when HTTP ends, because a fault may use it
    // further.
    let ended = tokio::select! {
        ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
        () = is_stopped(&mut stopped) => None,
    };
    let Some(ended) = ended else {
        let mut connection = std::pin::pin!(connection);
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
        return;
    };
    let stream = connection.into_parts().io.into_inner();
    let plan = lock(&plan).take();
    if let (Err(_), Some(plan)) = (ended, plan) {
        tokio::select! {
            _ = plan.run(stream) => {}
            () = is_stopped(&mut stopped) => {}
        }
    }
}

/// The error that makes hyper end the connection without an answer.
type Interrupted = &'static str;

const INTERRUPTED: Interrupted = "the connection ends without an answer";

/// The exchanges of one connection.
#[derive(Clone)]
struct Exchanges {
    emulator: Emulator,
    role: PortRole,
    /// The bytes and the end of the connection that a fault sets in place of an
    /// answer.
    plan: Arc<Mutex<Option<Plan>>>,
    reused: Arc<AtomicBool>,
}

impl Service<Request<Incoming>> for Exchanges {
    type Response = Response<Full<Bytes>>;
    type Error = Interrupted;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Interrupted>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let exchanges = self.clone();
        Box::pin(async move { exchanges.answer(request).await })
    }
}

impl Exchanges {
    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Interrupted> {
        let (head, body) = request.into_parts();
        let max_body = self.emulator.account.settings.max_body;
        let body = match Limited::new(body, max_body).collect().await {
            Ok(body) => body.to_bytes(),
            // A body of one byte more than allowed, so that the answer is a 413
            // as in process.
            Err(error) if error.is::<LengthLimitError>() => {
                vec![b' '; max_body.saturating_add(1)].into()
            }
            // The client has disconnected before the whole body came.
            Err(_) => return Err(INTERRUPTED),
        };
        let request = Request::from_parts(head, body);
        if self.role == PortRole::Admin {
            let answer: Response<Bytes> = admin::answer(&self.emulator, &request).into();
            return Ok(answer.map(Full::new));
        }
        let response = self.exchange(&request).await?;
        Ok(response.map(Full::new))
    }

    async fn exchange(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, Interrupted> {
        let (account, faults) = (&self.emulator.account, &self.emulator.faults);
        let reused = self.reused.swap(true, Ordering::SeqCst);
        let connection = ConnectionState::Serving { reused };
        let Some(fault) = faults.of_request(account, request, Some(connection)) else {
            return Ok(account.run(request));
        };
        let Ending { result, plan, .. } = fault::run(account, faults, request, fault).await;
        if let (Ok(response), None) = (result, &plan) {
            return Ok(response);
        }
        *lock(&self.plan) = plan;
        Err(INTERRUPTED)
    }
}
