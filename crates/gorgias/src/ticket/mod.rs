//! Tickets to be created.

mod attachment;
mod attachment_url;
mod contact;
mod dispatch;
mod email;
mod form;
mod html;
mod injection;
mod message;
mod message_fields;
mod new_ticket;
mod new_ticket_fields;
mod people;
mod repeated;
mod source;

pub use self::attachment::Attachment;
pub use self::contact::{Contact, Participant};
pub use self::dispatch::Dispatch;
pub use self::message::NewMessage;
pub use self::new_ticket::NewTicket;
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
