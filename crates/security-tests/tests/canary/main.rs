//! Nothing that was put in comes out where it may be logged.

mod checker;
mod echo;
mod import;
mod journal;
mod matrix;
mod scenario;
mod sockets;
