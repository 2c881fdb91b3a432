//! Runs other clients against the emulator. A client in Python shares its tickets with the
//! `gorgias` command. A client in TypeScript is generated from the document, and an ETL
//! connector loads its tickets.

use std::fs;

use anyhow::{Context, Result};

use super::{
    CheckContext,
    emulator::{self, build_command, for_client},
};
use crate::{process::run, server::Server};

pub(super) fn second(context: &CheckContext) -> Result<String> {
    let command = build_command(&context.root)?;
    let emulator = emulator::start(&command, &[])?;
    let mut client = context.tools.python("python")?;
    client.arg(context.file("second_client.py")).arg(&command);
    run(for_client(&mut client, &emulator))?;
    Ok("a client in Python and the gorgias command".to_owned())
}

pub(super) fn others(context: &CheckContext) -> Result<String> {
    let emulator = emulator::start(&build_command(&context.root)?, &[])?;
    typescript(context, &emulator)?;
    let mut connector = context.tools.etl("python")?;
    connector
        .arg(context.file("etl.py"))
        .env("RUNTIME__DLTHUB_TELEMETRY", "false");
    run(for_client(&mut connector, &emulator))?;
    Ok("a generated client in TypeScript and an ETL connector".to_owned())
}

fn typescript(context: &CheckContext, emulator: &Server) -> Result<()> {
    let folder = context.scratch("client")?;
    run(context
        .tools
        .node("swagger-typescript-api")?
        .arg("generate")
        .args(["--name", "api.ts", "--generate-union-enums", "--silent"])
        .arg("--path")
        .arg(context.spec())
        .arg("--output")
        .arg(&folder))?;
    let program = folder.join("client.ts");
    fs::copy(context.file("client.ts"), &program)?;
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#)
        .context("cannot write the package.json of the client")?;
    run(context
        .tools
        .node("tsc")?
        .args(["--strict", "--target", "es2022", "--module", "nodenext"])
        .args(["--lib", "es2022,dom,dom.iterable"])
        .arg(&program))?;
    let mut client = context.tools.program("node");
    client.arg(folder.join("client.js"));
    run(for_client(&mut client, emulator))
}
