//! Changes existing tickets, their tags and their custom fields.
//!
//! Start at [`update`], the call that changes a ticket. [`tickets`] has the
//! methods for its common uses, such as `close`. [`tags`] and [`fields`] use
//! the separate endpoints for a ticket's tags and custom fields.

mod fields;
mod tags;
mod tickets;
mod update;

pub use self::fields::TicketFields;
pub use self::tags::TicketTags;
pub use self::update::TicketUpdate;
