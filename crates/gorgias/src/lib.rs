//! Open tickets in the Gorgias helpdesk from Rust.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let emulator = gorgias_emulator::Emulator::builder().build()?;
//! # let api_key = "an-api-key";
//! use gorgias::{Client, NewTicket};
//!
//! let gorgias = Client::builder("acme") // acme.gorgias.com
//!     .api_key("agent@acme.example", api_key)
//! #   .service(emulator.service())
//!     .build()?;
//!
//! let created = gorgias
//!     .tickets()
//!     .create(
//!         NewTicket::from_customer("jane@example.com")
//!             .subject("Where is my order?")
//!             .text("Order 1234 has not arrived."),
//!     )
//!     .await?;
//! println!("ticket {}", created.ticket.id);
//! # Ok(())
//! # }
//! ```
//!
//! The example runs unchanged against the emulator of the crate
//! `gorgias-emulator`, if the client is built with
//! [`service(emulator.service())`](ClientBuilder::service). A program's own tests
//! can use the emulator in this way too.
//!
//! # What to expect
//!
//! - **Tickets by direction.** [`NewTicket`] has a constructor for each kind
//!   of ticket, and every field of the API has a setter. An outgoing message
//!   has to say whether the helpdesk is to send it: see [`Dispatch`].
//! - **Checked before sending.** A request is checked against every limit of the
//!   API first, and [`Error::violations`] reports all violations at once.
//! - **Read leniently.** An answer with unknown values, or with missing or new
//!   fields, is no error. [`Metadata::body`] is the whole answer, with the parts
//!   that a typed result leaves out.
//! - **Errors that say what became of the ticket.** [`Error::delivery`] says whether
//!   the request of a failed creation was not sent, refused, or applied, or that
//!   this is unknown. A creation is sent again only if the earlier request provably
//!   was not applied: see [`RetryPolicy`] and the guide [What happened to my
//!   ticket?](guide::what_happened_to_my_ticket).
//! - **Exactly once, if asked to.** [`Tickets::create_once`] never creates a second
//!   ticket for one [`ExternalId`], even after lost answers and crashes and with
//!   several processes, as long as its documented assumptions hold. If it can't tell
//!   whether the ticket exists, it returns an error that says so.
//!   [`Tickets::reply_once`] does the same for a reply.
//! - **The whole life of a ticket.** [`Tickets`] replies to tickets and changes
//!   them, [`Customers`] finds and creates their customers: see the guide
//!   [After creation](guide::after_creation).
//! - **Paced.** Every call keeps to the account's rate limit, which is learned
//!   from the answers and used in full, and an import doesn't hold up a single
//!   create: see [`pacer`] and [`RateLimit`].
//! - **Bounded.** Every call has finite limits of time and memory: see
//!   [`ClientBuilder`].
//! - **Discreet.** Credentials go to the helpdesk's own host over https and
//!   nowhere else, redirects are not followed, and neither secrets nor
//!   personal data show up in `Debug` output and error texts.
//!
//! The [guides](guide) say more: about signing in, each kind of ticket, a creation
//! that failed, testing without an account, TLS, and changes of the API.
//!
//! # Beyond the methods of this crate
//!
//! [`NewTicket::from_json`] accepts a body that was written elsewhere. The body is
//! sent unchanged. For operations and fields that this crate has no method for, use
//! the generated client, [`Client::api`], of the crate [`gorgias::api`](api). Both
//! crates have the same version number, so a breaking change of the generated client
//! is a breaking release of this crate too.
//!
//! # Features
//!
//! | feature | TLS by |
//! |---|---|
//! | `rustls` (default) | rustls with ring, checking certificates as the platform does |
//! | `rustls-no-provider` | rustls with a crypto provider that the program installs |
//! | `native-tls` | the platform's own library |
//!
//! Without any of them only plain http to loopback is possible, and building a
//! client for https fails.
//!
//! | feature | adds |
//! |---|---|
//! | `blocking` | `ClientBuilder::build_blocking`, for programs without a runtime |
//! | `tracing` | spans and events for requests and waits: see the guide [Tracing](guide::tracing) |
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

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
mod changes;
mod client;
mod creation;
mod customers;
mod evidence;
#[rustfmt::skip]
mod generated;
pub mod guide;
pub mod journal;
mod once;
mod replies;
mod settle_policy;
mod ticket;
mod tickets;
pub mod transport;
pub mod types;
mod uploads;

pub use gorgias_api as api;
pub use gorgias_runtime::{
    Delivery, Error, ErrorKind, ExternalId, FieldError, InDoubt, InvalidBaseUrl, InvalidExternalId,
    InvalidSubdomain, ListStream, Metadata, RateLimit, RateLimitSnapshot, RawRequest, Response,
    RetryPolicy, Subdomain, Violation, Violations, is_email_address, pacer, token,
};

pub use self::changes::{TicketFields, TicketTags, TicketUpdate};
pub use self::client::{Client, ClientBuilder};
pub use self::customers::{
    CreateCustomer, CreatedCustomer, CustomerUpdate, Customers, FindCustomer, NewCustomer,
};
pub use self::evidence::NoEvidence;
pub use self::once::{CreateOnce, ReplyOnce, Settle, SettleReply, Settled};
pub use self::replies::{Replied, Reply};
pub use self::settle_policy::{Resend, SettlePolicy};
pub use self::ticket::{Attachment, Contact, Dispatch, NewMessage, NewTicket, Participant, Source};
pub use self::tickets::{
    Create, Created, Find, How, KeyPage, ListedKey, LookUp, LookUpCall, Pending, Tickets,
};
pub use self::uploads::{Upload, Uploads};

// These two items make the examples in the README of the crate and in that of the
// repository doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct RepositoryReadme;
