//! A JSON Schema keyword for the exact lower bound of 64-bit integers.
//!
//! An integer slightly below -2^63 is read as a float and rounded to -2^63, which the
//! keyword `minimum` accepts.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value};

/// The name of the keyword.
pub(super) const INT64: &str = "int64";

/// -2^63.
const LOWEST: f64 = i64::MIN as f64;

struct Int64;

impl<'i> Keyword<'i> for Int64 {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        let message = format!("Must be at least {}.", i64::MIN);
        Err(ValidationError::custom(message))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !instance.is_f64() || instance.as_f64().is_none_or(|number| number > LOWEST)
    }
}

pub(super) fn keyword<'a>(
    _parent: &'a Map<String, Value>,
    _value: &'a Value,
    _path: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    Ok(Box::new(Int64))
}
