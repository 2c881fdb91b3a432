//! The Gorgias ticket API as generated from its OpenAPI document: types,
//! operations and validation, without the ticket constructors and `create_once`
//! of the crate `gorgias`.
//!
//! Every call carries the credentials, keeps to the account's rate limit, is sent
//! again only where that is safe, and fails with an [`Error`] that says what
//! became of the call. The `gorgias` crate adds constructors for incoming and
//! outgoing tickets, and the creation of a ticket exactly once.
//!
//! ```no_run
//! use gorgias_api::{Client, types};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("acme")
//!     .api_key("agent@acme.example", "an-api-key")
//!     .build()?;
//!
//! let message = types::CreateMessage::new("api", false)
//!     .via(types::Via::Api)
//!     .body_text("Order 1234 has not arrived.");
//! let ticket = types::CreateTicket::new(vec![message]);
//! let created = client.create_ticket(ticket).await?;
//! println!("ticket {}", created.id);
//!
//! let mut tickets = client.list_tickets().trashed(false).stream();
//! while let Some(ticket) = tickets.next().await {
//!     println!("ticket {}", ticket?.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What the generator promises
//!
//! - A new optional field, value, parameter or operation in the document is an
//!   addition here: structs and enums are `#[non_exhaustive]`, and calls and the
//!   types of requests have private fields with setters. Path parameters and the
//!   body are arguments of the method; every other parameter has a setter of its
//!   name. A member that may be null has a method that sets it to null, such as
//!   `clear_subject()`.
//! - A call owns its data: it can be cloned, and sent from another task. Options
//!   begin with `with_`, as in `with_timeout`.
//! - Lists have `pages()` and `stream()`.
//! - Responses are read leniently: unknown values of enums and unknown fields are
//!   kept, nulls, numeric strings and datetimes without an offset are read, and a
//!   value of the wrong type reads as absent. Only an answer that is not a JSON
//!   object, or that lacks a required `id`, is an error.
//! - Requests are checked against every limit of the document before they are
//!   sent, and every violation names its place with a JSON pointer.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(
    missing_debug_implementations,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod client;
#[rustfmt::skip]
#[allow(clippy::must_use_candidate, clippy::return_self_not_must_use)]
mod generated;
pub mod support;

pub use client::ClientBuilder;
#[doc(hidden)]
pub use generated::operations;
pub use generated::{Client, calls, types};
pub use gorgias_runtime::{
    Delivery, Error, ErrorKind, FieldError, JsonBody, ListStream, Metadata, Pending, RateLimit,
    Response, RetryPolicy, Unknown, Violation, Violations, pacer, token, transport,
};

// Makes a test of the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
