//! Tickets to be created, their messages and their people.
//!
//! Start at [`NewTicket`] in `new_ticket` and [`NewMessage`] in `message`: they have
//! the constructors. `message_fields` and `new_ticket_fields` have the setters that
//! aren't generated. `from_json` makes a ticket from a JSON text, which `written`
//! keeps as it was. `check` checks a ticket by the document's rules, and by the
//! rules of `people` and `email`, which the document can't express.

mod answer;
mod attachment;
mod body;
mod check;
mod contact;
mod dispatch;
mod email;
mod from_json;
mod html;
mod message;
mod message_fields;
mod new_ticket;
mod new_ticket_fields;
mod participant;
mod people;
mod source;
mod written;

pub use self::attachment::Attachment;
pub use self::contact::Contact;
pub(crate) use self::contact::{Identity, bare_number};
pub use self::dispatch::Dispatch;
pub use self::message::NewMessage;
pub use self::new_ticket::NewTicket;
pub use self::participant::Participant;
pub use self::source::Source;

/// Implements a `Debug` that shows only the type's name, for types that hold personal
/// data.
macro_rules! opaque_debug {
    ($($name:ident),+) => {$(
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
pub(crate) use opaque_debug;

/// Implements the conversion of a wrapper into the document's type that it contains,
/// and the wrapper's `Debug`.
macro_rules! wraps {
    ($name:ident: $sent:ident) => {
        impl From<$name> for $sent {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        $crate::ticket::opaque_debug!($name);
    };
}
pub(crate) use wraps;
