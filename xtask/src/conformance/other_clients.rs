//! Programs of others run against the emulator: a client in TypeScript that a
//! generator makes of the document writes and reads, and an ETL connector loads
//! what it wrote.

use std::fs;

use anyhow::{Context, Result};

use super::{
    Place,
    emulator::{EMAIL, Emulator, KEY, build_command},
};
use crate::process::run;

pub(super) fn check(place: &Place) -> Result<String> {
    let emulator = Emulator::start(&build_command(&place.root)?, &[])?;
    typescript(place, &emulator)?;
    run(place
        .tools
        .etl("python")?
        .arg(place.file("etl.py"))
        .env("GORGIAS_SUBDOMAIN", "acme")
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", emulator.base_url())
        .env("RUNTIME__DLTHUB_TELEMETRY", "false"))?;
    Ok("a generated client in TypeScript and an ETL connector".to_owned())
}

fn typescript(place: &Place, emulator: &Emulator) -> Result<()> {
    let folder = place.scratch("client")?;
    run(place
        .tools
        .node("swagger-typescript-api")?
        .arg("generate")
        .args(["--name", "api.ts", "--generate-union-enums", "--silent"])
        .arg("--path")
        .arg(place.spec())
        .arg("--output")
        .arg(&folder))?;
    let program = folder.join("client.ts");
    fs::copy(place.file("client.ts"), &program)?;
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#)
        .context("cannot say that the client is a module")?;
    run(place
        .tools
        .node("tsc")?
        .args(["--strict", "--target", "es2022", "--module", "nodenext"])
        .args(["--lib", "es2022,dom,dom.iterable"])
        .arg(&program))?;
    run(place
        .tools
        .program("node")
        .arg(folder.join("client.js"))
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", emulator.base_url()))
}
