//! The `gorgias` command: helpdesk tickets from the shell. `arguments` reads the command
//! line, `command` runs the command in it, and `failure` reports the error.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod arguments;
mod assignment;
mod calls;
mod command;
mod connection;
mod contact;
mod duration;
mod exit;
mod failure;
mod input;
mod lookup;
mod output;
mod printable;
mod shell;
mod signals;
mod values;
mod verbose;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::arguments::Arguments;
use crate::exit::Exit;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // If this can't be printed, there is nowhere to report that.
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Invalid
            } else {
                Exit::Done
            };
            return exit.into();
        }
    };
    match command::run(arguments.command, &arguments.flags, Arguments::command()) {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            failure.report();
            failure.exit().into()
        }
    }
}
