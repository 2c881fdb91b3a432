//! A durable journal for [`create_once`](gorgias::Tickets::create_once), on
//! SQLite.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use gorgias::{Client, ExternalId, NewTicket};
//! use gorgias_journal::SqliteJournal;
//!
//! let client = Client::builder("acme")
//!     .api_key("agent@acme.example", "an-api-key")
//!     .journal(SqliteJournal::open("tickets.journal")?)
//!     .build()?;
//!
//! let id = ExternalId::derive("shop", "order-1234")?;
//! let ticket = NewTicket::from_customer("jane@example.com").text("Where is it?");
//! let created = client.tickets().create_once(id, ticket).await?;
//! # Ok(())
//! # }
//! ```
//!
//! What was claimed or recorded is on the disk when the call returns: every
//! commit is synced. Calls that come in while a sync is under way share the
//! next one, so that many writers cost little more than one.
//!
//! Several processes can use one file. SQLite's locks and the leases of the
//! claims keep them from creating one ticket twice; a claim whose process died
//! can be taken over when its lease ends. Leases and times are those of the
//! machine's clock, so the file doesn't belong on a network drive.
//!
//! The file holds external ids, SHA-256 digests of request bodies, ticket ids
//! and times, and nothing else of any ticket. On Unix only its owner can read
//! it: its mode is 0600.
#![cfg_attr(docsrs, feature(doc_cfg))]
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

mod book;
mod clock;
mod file;
mod journal;
mod schema;
mod writer;

pub use self::book::Unsettled;
pub use self::file::OpenError;
pub use self::journal::SqliteJournal;
