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
use crate::failure::Failure;
use crate::output::not_written;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            // If this can't be printed, there is nowhere to report that.
            let _ = error.print();
            return Exit::Invalid.into();
        }
        // The help or the version.
        Err(text) => return end(text.print().map_err(|error| not_written(&error))),
    };
    end(command::run(
        arguments.command,
        &arguments.flags,
        Arguments::command(),
    ))
}

fn end(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            failure.report();
            failure.exit().into()
        }
    }
}
