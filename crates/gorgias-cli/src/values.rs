//! Parsers for the values of arguments: ids, pairs, and values that the API's document
//! lists. A shell completes the listed values, and a mistyped one is refused with a
//! suggestion.

use std::fmt::Display;

use clap::builder::{PossibleValue, RangedI64ValueParser, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use gorgias_import::nearest_value;

/// Returns the parser of an id, which must be positive.
pub(crate) fn id() -> RangedI64ValueParser<i64> {
    RangedI64ValueParser::new().range(1..)
}

/// A name and the text that belongs to it.
pub(crate) type Pair = (String, String);

/// Reads `NAME=VALUE`. VALUE may be empty and may contain `=`.
pub(crate) fn pair(argument: &str) -> Result<Pair, &'static str> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE, with a NAME that isn't empty"),
    }
}

/// Returns the parser for an enumeration with these known values.
pub(crate) fn of(known: &[impl Display]) -> Values {
    Values(known.iter().map(ToString::to_string).collect())
}

/// A parser for known values. Another value is refused only if it looks like a mistyped
/// known one, because the library decides which other values are allowed.
#[derive(Clone)]
pub(crate) struct Values(Vec<String>);

impl TypedValueParser for Values {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, Error> {
        let value = StringValueParser::new().parse_ref(command, argument, value)?;
        let Some(meant) = nearest_value(&self.0, &value) else {
            return Ok(value);
        };
        let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
        if let Some(argument) = argument {
            let name = ContextValue::String(argument.to_string());
            error.insert(ContextKind::InvalidArg, name);
        }
        error.insert(ContextKind::InvalidValue, ContextValue::String(value));
        error.insert(
            ContextKind::SuggestedValue,
            ContextValue::String(meant.to_owned()),
        );
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().cloned().map(PossibleValue::new)))
    }
}
