//! The generated files, the commands, and what the generator promises of later
//! documents.

mod additive;
mod checked_in;
mod diff_command;
mod modules;
mod rust_verdict;
