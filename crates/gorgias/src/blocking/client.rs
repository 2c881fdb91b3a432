//! The client that waits for its calls.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use gorgias_runtime::Error;
use gorgias_runtime::support::Worker;

/// A client of one helpdesk account that waits for its calls, from
/// [`ClientBuilder::build_blocking`](crate::ClientBuilder::build_blocking).
///
/// Cloning is cheap, and clones share connections and a thread. The
/// [module](self::super) says more about threads.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Arc<Worker>,
}

impl Client {
    pub(crate) fn new(client: crate::Client) -> Result<Self, Error> {
        let worker = Worker::start().map_err(Error::configuration)?;
        Ok(Self {
            client,
            worker: Arc::new(worker),
        })
    }

    /// Runs a call and waits for its result. `call` may be any call of the
    /// asynchronous client or of its [`api`](crate::Client::api), or another
    /// future.
    ///
    /// # Errors
    ///
    /// Those of the call.
    ///
    /// # Panics
    ///
    /// When `call` panics. A call of the client panics only if the transport,
    /// pacer or journal that the client was given panics.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use gorgias::api::types::Tag;
    /// use gorgias::blocking::Client;
    /// use gorgias::{Created, Error, NewTicket, Response, RetryPolicy};
    ///
    /// fn hasty(gorgias: &Client, ticket: NewTicket) -> Result<Created, Error> {
    ///     let call = gorgias.tickets().create(ticket);
    ///     gorgias.wait(call.with_timeout(Duration::from_secs(5)).with_retry(RetryPolicy::none()))
    /// }
    ///
    /// fn tag(gorgias: &Client, id: i64) -> Result<Response<Tag>, Error> {
    ///     gorgias.wait(gorgias.api().get_tag(id))
    /// }
    /// ```
    pub fn wait<T, C>(&self, call: C) -> Result<T, Error>
    where
        T: Send + 'static,
        C: IntoFuture<Output = Result<T, Error>, IntoFuture: Send + 'static>,
    {
        let call = call.into_future();
        self.run(|_| call)
    }

    /// Runs asynchronous code, such as several calls at once, with the
    /// asynchronous client, and waits for its result. The future that `code`
    /// returns runs on the thread of this client.
    ///
    /// # Errors
    ///
    /// The error that the code returns.
    ///
    /// # Panics
    ///
    /// When the code panics.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    /// # let (_emulator, server) = runtime.block_on(async {
    /// #     let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// #     let server = emulator.serve(([127, 0, 0, 1], 0)).await?;
    /// #     Ok::<_, Box<dyn std::error::Error>>((emulator, server))
    /// # })?;
    /// # let gorgias = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "an-api-key")
    /// #     .base_url(server.base_url())
    /// #     .build_blocking()?;
    /// let (newest, of_jane) = gorgias.run(|client| async move {
    ///     let newest = client.tickets().list();
    ///     let of_jane = client.tickets().list().customer_id(7);
    ///     tokio::try_join!(newest.send(), of_jane.send())
    /// })?;
    /// # let _ = (newest, of_jane);
    /// # Ok(())
    /// # }
    /// ```
    pub fn run<T, F>(&self, code: impl FnOnce(crate::Client) -> F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let ended = self.worker.run(code(self.client.clone()));
        // The thread doesn't end before this client is dropped. If it did,
        // nobody would know how far the call came.
        ended.unwrap_or_else(|_| Err(Error::lost("the client's thread has ended")))
    }
}

/// The asynchronous client, to make calls for [`Client::wait`]. Its connections
/// belong to the thread of the blocking client, so don't await its calls
/// elsewhere.
impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &crate::Client {
        &self.client
    }
}

impl crate::ClientBuilder {
    /// Checks the configuration and creates a client that waits for its calls.
    /// This starts a thread. No request is sent.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and when the thread can't be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        Client::new(self.build()?)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}
