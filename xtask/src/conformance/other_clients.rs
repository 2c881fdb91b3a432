//! Runs other people's programs against the emulator: a client in TypeScript,
//! generated from the document, writes and reads tickets, and an ETL connector
//! loads them.

use std::fs;

use anyhow::{Context, Result};

use super::{
    CheckContext,
    emulator::{self, EMAIL, KEY, build_command},
};
use crate::{process::run, served::Served};

pub(super) fn check(context: &CheckContext) -> Result<String> {
    let emulator = emulator::start(&build_command(&context.root)?, &[])?;
    typescript(context, &emulator)?;
    run(context
        .tools
        .etl("python")?
        .arg(context.file("etl.py"))
        .env("GORGIAS_SUBDOMAIN", "acme")
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", &emulator.base_url)
        .env("RUNTIME__DLTHUB_TELEMETRY", "false"))?;
    Ok("a generated client in TypeScript and an ETL connector".to_owned())
}

fn typescript(context: &CheckContext, emulator: &Served) -> Result<()> {
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
        .context("cannot say that the client is a module")?;
    run(context
        .tools
        .node("tsc")?
        .args(["--strict", "--target", "es2022", "--module", "nodenext"])
        .args(["--lib", "es2022,dom,dom.iterable"])
        .arg(&program))?;
    run(context
        .tools
        .program("node")
        .arg(folder.join("client.js"))
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", &emulator.base_url))
}
