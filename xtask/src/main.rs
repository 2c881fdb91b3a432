//! `cargo xtask`: see `cargo xtask --help`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generates the client from the OpenAPI document, and reviews changes of the
/// document and of the crates' public items.
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
    Docs(xtask::docs::Arguments),
    Version(xtask::version::Arguments),
}

fn main() -> ExitCode {
    run(&Arguments::parse().command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let root = xtask::workspace::find()?;
    match command {
        Command::Bench(arguments) => xtask::bench::run(arguments, &root),
        Command::Regen(arguments) => xtask::regen::run(arguments, &root),
        Command::Diff(arguments) => xtask::diff::run(arguments, &root),
        Command::Api(arguments) => xtask::api::run(arguments, &root),
        Command::Docs(arguments) => xtask::docs::run(arguments, &root),
        Command::Version(arguments) => xtask::version::run(arguments, &root),
        Command::Conformance(arguments) => Ok(xtask::conformance::run(arguments, &root)),
    }
}
