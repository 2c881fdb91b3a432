//! `cargo xtask`: see `cargo xtask --help`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generates the client from the OpenAPI document, and reviews changes of it
/// and of what the crates offer.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bench(xtask::bench::Arguments),
    Regen(xtask::regen::Arguments),
    Diff(xtask::diff::Arguments),
    Api(xtask::api::Arguments),
    Conformance(xtask::conformance::Arguments),
    Docs(xtask::reference::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Bench(arguments) => xtask::bench::run(&arguments),
        Command::Regen(arguments) => xtask::regen::run(&arguments),
        Command::Diff(arguments) => xtask::diff::run(&arguments),
        Command::Api(arguments) => xtask::api::run(&arguments),
        Command::Docs(arguments) => xtask::reference::run(&arguments),
        Command::Conformance(arguments) => xtask::conformance::run(&arguments),
    }
}
