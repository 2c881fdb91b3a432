//! The real binary, from the outside.

mod api;
mod bodies;
mod connecting;
mod convert;
mod create;
mod credentials;
mod dry_run;
mod emulator;
mod exit_codes;
mod flags;
mod help;
mod import;
mod import_inputs;
mod list;
mod moving_in;
mod once;
mod refused;
mod schema;
mod set;
mod shell_support;
mod support;
mod upload;
