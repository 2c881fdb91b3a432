//! Open tickets in the Gorgias helpdesk from Rust.
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

mod call;
mod client;
mod credentials;
mod delivery;
mod endpoint;
mod error;
mod response;
mod retry;
mod ticket;
mod tickets;
pub mod transport;
pub mod types;
mod user_agent;

pub use gorgias_api as api;
pub use gorgias_api::support::validate::{Violation, Violations};

pub use self::client::{Client, ClientBuilder};
pub use self::delivery::{Delivery, ExternalId, InvalidExternalId};
pub use self::endpoint::{InvalidBaseUrl, InvalidSubdomain, Subdomain};
pub use self::error::{Error, ErrorKind, FieldError};
pub use self::response::{Metadata, RateLimitSnapshot};
pub use self::retry::RetryPolicy;
pub use self::ticket::{
    Attachment, Contact, Dispatch, NewMessage, NewTicket, Participant, Source,
};
pub use self::tickets::{
    Create, Created, Cursor, Fetched, Get, InvalidCursor, List, Page, Pending, TicketStream,
    Tickets,
};
