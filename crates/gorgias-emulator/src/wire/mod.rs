//! What goes over the wire: the request body as read, and the responses as
//! written. Key order is the order of the recorded responses.

pub(crate) mod compact;
pub(crate) mod customer;
pub(crate) mod loaded;
pub(crate) mod message;
pub(crate) mod person;
pub(crate) mod request;
pub(crate) mod ticket;

use serde::Serialize;

/// `{}`
#[derive(Serialize)]
pub(crate) struct Empty {}

/// An array the emulator never fills, or the type of an object it never has.
pub(crate) type Nothing = [(); 0];
