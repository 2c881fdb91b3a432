//! Reading files and standard input.

use std::convert::Infallible;
use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::failure::Failure;

/// A file, or standard input when it is called `-`.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    path: String,
}

impl FromStr for Input {
    type Err = Infallible;

    fn from_str(path: &str) -> Result<Self, Infallible> {
        Ok(Self {
            path: path.to_owned(),
        })
    }
}

/// Has standard input to oneself: who came second would find it empty, and
/// take that for all there is.
pub(crate) fn take_stdin() -> Result<(), Failure> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    match TAKEN.swap(true, Ordering::Relaxed) {
        false => Ok(()),
        true => Err(Failure::invalid(
            "standard input is named twice, and can be read once",
        )),
    }
}

impl Input {
    /// The text of a JSON document, without a byte order mark.
    pub(crate) fn read_json(&self) -> Result<String, Failure> {
        if self.path == "-" {
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
        if self.path == "-" {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        fs::read(&self.path)
    }

    pub(crate) fn failure(&self, problem: &str, error: impl Display) -> Failure {
        let name = match self.path.as_str() {
            "-" => "standard input",
            path => path,
        };
        Failure::invalid(format!("{name} {problem}: {error}"))
    }
}
