//! Changing what is there: tickets, their tags and their custom fields.
//!
//! [`update`] has the call that changes a ticket, [`tickets`] the names of its
//! common uses, [`tags`] and [`fields`] what has addresses of its own. [`form`] is
//! the body that is being put together.

mod fields;
mod form;
mod options;
mod tags;
mod tickets;
mod update;

pub use self::fields::TicketFields;
pub(crate) use self::form::Form;
pub(crate) use self::options::with_options;
pub use self::tags::TicketTags;
pub use self::update::TicketUpdate;
