//! Nothing that was put in comes out where it may be logged.

mod checker;
mod convert;
mod echo;
mod import;
mod journal;
mod matrix;
mod operations;
mod scenario;
mod sockets;
