//! A client in another language and the `gorgias` command read what the other
//! wrote, and are told the same.

use anyhow::Result;

use super::{
    Place,
    emulator::{EMAIL, Emulator, KEY, build_command},
};
use crate::process::run;

pub(super) fn check(place: &Place) -> Result<String> {
    let command = build_command(&place.root)?;
    let emulator = Emulator::start(&command, &[])?;
    run(place
        .tools
        .python("python")?
        .arg(place.file("second_client.py"))
        .arg(&command)
        .env("GORGIAS_SUBDOMAIN", "acme")
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", emulator.base_url()))?;
    Ok("a client in Python and the gorgias command".to_owned())
}
