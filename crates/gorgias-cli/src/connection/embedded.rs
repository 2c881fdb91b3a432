//! The emulator inside this process, for `--emulator` and `gorgias emulator --load`.

use gorgias::{Client, ClientBuilder};
use gorgias_emulator::{Clock, Emulator};

use super::{Login, signed};
use crate::failure::{Failure, located};
use crate::input::Input;

/// The e-mail address of the user who signs in to the emulator.
pub(super) const EMAIL: &str = "agent@emulator.example";

/// The builder of a client that talks to a new emulator.
pub(super) fn builder(store: Option<&Input>) -> Result<ClientBuilder, Failure> {
    let emulator = Emulator::builder()
        .clock(Clock::system())
        .limit(None)
        .build()
        .map_err(|error| Failure::unexpected(error.to_string()))?;
    if let Some(store) = store {
        load(&emulator, store)?;
    }
    let login = Login::ApiKey {
        email: EMAIL.to_owned(),
        key: "none".to_owned(),
    };
    let builder = Client::builder("emulator").service(emulator.service());
    Ok(signed(builder, login))
}

/// Fills an emulator from a file.
pub(crate) fn load(emulator: &Emulator, store: &Input) -> Result<(), Failure> {
    let text = store.read_json()?;
    let data = serde_json::from_str(&text).map_err(|error| store.failure("is not JSON", error))?;
    emulator.load(data).map(drop).map_err(|error| {
        let problems: Vec<_> = error
            .problems()
            .map(|(pointer, message)| located(&pointer, message))
            .collect();
        Failure::invalid("the emulator can't be filled, nothing was loaded").details(problems)
    })
}
