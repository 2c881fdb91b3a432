//! The client against the emulator and against scripted answers.

mod configuration;
mod creating;
mod errors;
mod lenient;
mod listing;
mod loopback;
mod mutation;
mod promises;
mod replay;
mod retries;
mod support;
mod written;
