//! The client that most tests use, and the ticket that the client creates.

use std::error::Error;

use gorgias::{Client, ClientBuilder, NewTicket, RateLimit, RetryPolicy};

/// The API key of the client, which no output may contain.
pub const KEY: &str = "a-key-that-is-never-shown";

/// Returns the builder of a client that sends each request once and without a wait.
pub fn builder() -> ClientBuilder {
    Client::builder("acme")
        .api_key("agent@acme.example", KEY)
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
}

/// Returns a ticket.
pub fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// Returns an error and its causes.
pub fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (**error).source())
}
