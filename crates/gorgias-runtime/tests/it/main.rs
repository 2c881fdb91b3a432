//! Tests of calls over sockets, with operations that aren't in the document.

mod operations;
mod raw;
mod server;
mod writes;
