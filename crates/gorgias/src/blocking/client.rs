//! The client.

use std::fmt;
use std::sync::Arc;

use gorgias_runtime::Error;
use gorgias_runtime::support::{Gone, Worker};

use super::Tickets;

/// A client of one helpdesk account that waits for its calls, from
/// [`ClientBuilder::build_blocking`](crate::ClientBuilder::build_blocking).
///
/// Cloning is cheap, and clones share connections and a thread. See the
/// [module](self::super) for what to know about threads.
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

    /// The tickets of the helpdesk.
    #[must_use]
    pub fn tickets(&self) -> Tickets {
        Tickets::new(self.clone(), self.client.tickets())
    }

    /// Runs asynchronous code with the asynchronous client on this one's
    /// thread, and waits for it: for several calls at once, and for what has
    /// no blocking form, such as [`api`](crate::Client::api).
    ///
    /// The asynchronous client's connections belong to that thread. Don't use
    /// it elsewhere.
    ///
    /// # Errors
    ///
    /// The code's own.
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
    /// let (tickets, of_jane) = gorgias.run(|client| async move {
    ///     let all = client.tickets().list().page();
    ///     let of_jane = client.tickets().list().customer_id(7).page();
    ///     tokio::try_join!(all, of_jane)
    /// })?;
    /// # let _ = (tickets, of_jane);
    /// # Ok(())
    /// # }
    /// ```
    pub fn run<T, F>(&self, code: impl FnOnce(crate::Client) -> F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let ended = self.worker.run(code(self.client.clone()));
        // It doesn't end before this client does. Should it, nobody knows how
        // far the call came.
        ended.unwrap_or_else(|Gone| Err(Error::lost(Ended)))
    }
}

impl crate::ClientBuilder {
    /// Checks the configuration and makes a client that waits for its calls.
    /// Starts a thread; nothing is sent.
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

/// The thread that calls run on is gone.
#[derive(Clone, Copy, Debug)]
struct Ended;

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the client's thread has ended")
    }
}

impl std::error::Error for Ended {}
