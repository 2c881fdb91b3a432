//! Calls over sockets, of operations that no document of ours has.

mod operations;
mod raw;
mod server;
mod writes;
