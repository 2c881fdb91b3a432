//! The Gorgias ticket API as generated from its OpenAPI document: types,
//! operations and validation, for those who want no opinions on top.
//!
//! Most programs want the `gorgias` crate, which adds retries and an answer to
//! what became of a ticket. This crate sends what it is given, once, with
//! credentials and at the pace of the account's rate limit.
//!
//! ```no_run
//! use gorgias_api::{Client, types};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("acme")
//!     .api_key("agent@acme.example", "an-api-key")
//!     .build()?;
//!
//! let message = types::CreateMessage::builder()
//!     .channel("api")
//!     .via(types::Via::Api)
//!     .from_agent(false)
//!     .body_text("Order 1234 has not arrived.".to_string());
//! let ticket: types::CreateTicket = types::CreateTicket::builder()
//!     .messages(vec![message.try_into()?])
//!     .try_into()?;
//! ticket.validate()?;
//! let created = client.create_ticket().body(ticket).send().await?;
//! println!("ticket {}", created.id);
//! # Ok(())
//! # }
//! ```
//!
//! # What the generator promises
//!
//! - A new optional field, value, parameter or operation in the document is an
//!   addition here: structs and enums are `#[non_exhaustive]`, operations are
//!   builders.
//! - Responses are read leniently: unknown values of enums and unknown fields
//!   are kept, nulls, numeric strings and datetimes without an offset are read,
//!   and what makes no sense reads as absent. Only an answer that is no object,
//!   or that lacks the `id` it stands for, is an error.
//! - Requests are checked by `validate()` against every limit of the document,
//!   and every violation has a JSON pointer.
//! - Error bodies are bytes, so that a gateway's HTML page keeps its status.
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
pub use generated::{ByteStream, Client, ClientInfo, Error, ResponseValue, builder, types};
pub use gorgias_runtime::{RateLimit, RetryPolicy, pacer, token};

// Makes a test of the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
