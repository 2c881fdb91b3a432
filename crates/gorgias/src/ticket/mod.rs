//! Tickets to be created.

mod answer;
mod attachment;
mod check;
mod contact;
mod dispatch;
mod email;
mod form;
mod html;
mod message;
mod message_fields;
mod new_ticket;
mod new_ticket_fields;
mod participant;
mod people;
mod source;

pub use self::attachment::Attachment;
pub use self::contact::Contact;
pub(crate) use self::contact::{Who, bare_number};
pub use self::dispatch::Dispatch;
pub use self::message::NewMessage;
pub use self::new_ticket::NewTicket;
pub use self::participant::Participant;
pub use self::source::Source;

/// `Debug` for types that hold what customers wrote: the name alone.
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

/// For types around one of the document's, which they become.
macro_rules! stands_for {
    ($name:ident: $sent:ident) => {
        impl From<$name> for $sent {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        $crate::ticket::opaque_debug!($name);
    };
}
pub(crate) use stands_for;
