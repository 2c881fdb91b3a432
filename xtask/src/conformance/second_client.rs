//! Checks that a client in Python and the `gorgias` command can read each
//! other's tickets and get the same answers.

use anyhow::Result;

use super::{
    CheckContext,
    emulator::{self, EMAIL, KEY, build_command},
};
use crate::process::run;

pub(super) fn check(context: &CheckContext) -> Result<String> {
    let command = build_command(&context.root)?;
    let emulator = emulator::start(&command, &[])?;
    run(context
        .tools
        .python("python")?
        .arg(context.file("second_client.py"))
        .arg(&command)
        .env("GORGIAS_SUBDOMAIN", "acme")
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", &emulator.base_url))?;
    Ok("a client in Python and the gorgias command".to_owned())
}
