//! Tests that data of a request or an answer doesn't get into logs, errors or
//! files.

mod checker;
mod convert;
mod echo;
mod import;
mod journal;
mod matrix;
mod operations;
mod scenario;
mod sockets;
