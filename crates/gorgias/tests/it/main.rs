//! The client against the emulator and against scripted answers.

#[cfg(feature = "blocking")]
mod blocking;
mod changes;
mod configuration;
mod creating;
mod customers;
#[path = "../shared/durable.rs"]
mod durable;
mod errors;
mod evidence;
#[path = "../../../security-tests/src/in_process/emulator.rs"]
mod in_process;
mod journals;
mod lenient;
mod listing;
mod look_ups;
mod loopback;
mod matrix;
mod mutation;
mod once;
mod operations;
mod pacer;
mod pacing;
mod promises;
mod recordings;
mod replay;
mod replies;
mod retries;
mod sockets;
mod support;
mod tokens;
#[cfg(feature = "tracing")]
mod tracing;
mod uploads;
mod written;
