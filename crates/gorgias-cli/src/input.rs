//! Reading files and standard input.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map, Value};

use crate::failure::Failure;

/// The path of a file, or `-` for standard input.
#[derive(Clone, Debug)]
pub(crate) struct Input(String);

impl From<String> for Input {
    fn from(path: String) -> Self {
        Self(path)
    }
}

/// Claims standard input. A second claim fails: a second reader would find it
/// empty, and take that for the whole input.
pub(crate) fn take_stdin() -> Result<(), Failure> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    match TAKEN.swap(true, Ordering::Relaxed) {
        false => Ok(()),
        true => Err(Failure::invalid(
            "standard input is named twice, but can be read only once",
        )),
    }
}

impl Input {
    /// The text of a JSON document, without a byte order mark.
    pub(crate) fn read_json(&self) -> Result<String, Failure> {
        if self.0 == "-" {
            take_stdin()?;
        }
        let bytes = self
            .read()
            .map_err(|error| self.failure("can't be read", error))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| self.failure("is not UTF-8 text", error.utf8_error()))?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        serde_json::from_str::<Value>(&text).map_err(|error| self.failure("is not JSON", error))?;
        Ok(text)
    }

    fn read(&self) -> io::Result<Vec<u8>> {
        if self.0 == "-" {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        fs::read(&self.0)
    }

    pub(crate) fn failure(&self, problem: &str, error: impl Display) -> Failure {
        let name = match self.0.as_str() {
            "-" => "standard input",
            path => path,
        };
        Failure::invalid(format!("{name} {problem}: {error}"))
    }
}

/// The request body in a file, or without a file an object without members.
pub(crate) fn body(file: Option<&Input>) -> Result<Value, Failure> {
    match file {
        Some(file) => Ok(serde_json::from_str(&file.read_json()?).unwrap_or_default()),
        None => Ok(Value::Object(Map::new())),
    }
}

/// Sets members of a body, except those without a value.
pub(crate) fn insert<const N: usize>(body: &mut Value, given: [(&str, &Option<String>); N]) {
    // A later check refuses a body that is no object.
    let Some(members) = body.as_object_mut() else {
        return;
    };
    let given = given.into_iter();
    members
        .extend(given.filter_map(|(name, value)| Some((name.to_owned(), value.clone()?.into()))));
}
