//! Tests of the generated files, of the commands, and of the generator with
//! later documents.

mod additive;
mod checked_in;
mod diff_command;
mod macros;
mod modules;
mod rust_verdict;
