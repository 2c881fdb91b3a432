//! A call that is waited for.

use gorgias_runtime::Error;

use super::Client;
use crate::tickets::Pending;

/// One call: options first, if any, then [`send`](Self::send).
#[derive(Debug)]
#[must_use = "nothing is sent without `send`"]
pub struct Call<C> {
    client: Client,
    call: C,
}

impl<C> Call<C> {
    pub(super) fn new(client: Client, call: C) -> Self {
        Self { client, call }
    }

    /// Sets options of the call, which are those of the asynchronous one:
    /// [`Create`](crate::Create), [`CreateOnce`](crate::CreateOnce),
    /// [`Find`](crate::Find) or [`Get`](crate::Get).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use gorgias::blocking::Client;
    /// use gorgias::{Created, Error, NewTicket, RetryPolicy};
    ///
    /// fn hasty(gorgias: &Client, ticket: NewTicket) -> Result<Created, Error> {
    ///     gorgias
    ///         .tickets()
    ///         .create(ticket)
    ///         .with(|call| call.timeout(Duration::from_secs(5)).retry(RetryPolicy::none()))
    ///         .send()
    /// }
    /// ```
    pub fn with(mut self, options: impl FnOnce(C) -> C) -> Self {
        self.call = options(self.call);
        self
    }
}

impl<C, T> Call<C>
where
    C: IntoFuture<Output = Result<T, Error>, IntoFuture = Pending<T>>,
    T: Send + 'static,
{
    /// Makes the call and waits for its result.
    ///
    /// # Errors
    ///
    /// Those of the asynchronous call.
    ///
    /// # Panics
    ///
    /// When a transport, pacer, journal or token provider of the caller's own
    /// panics.
    pub fn send(self) -> Result<T, Error> {
        let call = self.call.into_future();
        self.client.run(|_| call)
    }
}
