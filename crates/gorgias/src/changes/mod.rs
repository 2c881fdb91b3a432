//! Changes existing tickets, their tags and their custom fields.
//!
//! Start at [`update`], the call that changes a ticket, whose body is a [`form`].
//! [`tickets`] has the methods for its common uses, such as `close`. [`tags`] and
//! [`fields`] have endpoints of their own.

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
