//! Commands to the emulator itself, on a port of their own.

mod routes;

pub(crate) use routes::answer;
