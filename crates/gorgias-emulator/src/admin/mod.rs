//! Commands to the emulator itself, on a separate port.

mod routes;

pub(crate) use routes::answer;
