//! Reading files and standard input.

use std::convert::Infallible;
use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _};
use std::str::FromStr;

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

impl Input {
    /// The text of a JSON document, without a byte order mark.
    pub(crate) fn read_json(&self) -> Result<String, Failure> {
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
