//! Reads objects field by field.

use serde::de::{Deserializer, Error};
use serde_json::{Map, Value};

use super::source::{Broken, Members, Sink, Source, read_root};

/// A struct of the generated code that is read leniently.
pub trait Object: Fill + Sized {
    /// The schema's name, for error messages.
    const NAME: &'static str;
    /// The required fields, without which an object can't be read.
    const REQUIRED: &'static [&'static str];

    /// Returns the object before any field is read.
    fn blank() -> Self;
}

/// The fields of an [`Object`]. The loop over the members uses this trait as a
/// trait object, so that it is compiled once for all objects.
pub trait Fill {
    /// Reads the next value into the field of `key`. Returns `None`, and reads
    /// nothing, when the struct has no field of this key. Returns `Some(false)`
    /// when the value is null or of another type.
    ///
    /// # Errors
    ///
    /// Only when the text is not JSON.
    fn read_field(
        &mut self,
        key: &str,
        source: &mut dyn Source<'_>,
    ) -> Result<Option<bool>, Broken>;

    /// The map for fields that the document doesn't have.
    fn extra_fields(&mut self) -> &mut Map<String, Value>;
}

/// Reads an object that is a whole response.
///
/// # Errors
///
/// When the value is not an object, or a required field cannot be read.
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = None;
    let mut fields = Fields::of(&mut value);
    read_root(deserializer, &mut fields)?;
    match (fields.missing, value) {
        (None, Some(object)) => Ok(object),
        (Some(field), _) => Err(D::Error::missing_field(field)),
        (None, None) => Err(D::Error::custom(format_args!(
            "{} is not an object",
            T::NAME
        ))),
    }
}

/// Reads an object inside a response into `value`, which stays `None` when the
/// next value isn't an object or lacks a required field. Returns false after
/// the last item of a list.
///
/// # Errors
///
/// Only when the text is not JSON.
pub fn object<T: Object>(
    source: &mut dyn Source<'_>,
    value: &mut Option<T>,
) -> Result<bool, Broken> {
    source.next(&mut Fields::of(value))
}

/// Reads the members of an object into the fields of a struct.
struct Fields<'a, T> {
    value: &'a mut Option<T>,
    /// A required field that couldn't be read.
    missing: Option<&'static str>,
}

impl<'a, T> Fields<'a, T> {
    fn of(value: &'a mut Option<T>) -> Self {
        Self {
            value,
            missing: None,
        }
    }
}

impl<'de, T: Object> Sink<'de> for Fields<'_, T> {
    fn object(&mut self, members: &mut dyn Members<'de>) -> Result<(), Broken> {
        let object = self.value.insert(T::blank());
        self.missing = fill(object, T::REQUIRED, members)?;
        if self.missing.is_some() {
            *self.value = None;
        }
        Ok(())
    }
}

/// Reads all members. Returns a required field that was not read.
fn fill(
    object: &mut dyn Fill,
    required: &[&'static str],
    members: &mut dyn Members<'_>,
) -> Result<Option<&'static str>, Broken> {
    let mut missing = required.to_vec();
    // If a key is repeated, the last value that can be read counts.
    while let Some(key) = members.next_key()? {
        match object.read_field(&key, members)? {
            Some(true) => missing.retain(|field| *field != key),
            Some(false) => {}
            None => {
                let value = members.next_value()?.unwrap_or_default();
                object.extra_fields().insert(key.into_owned(), value);
            }
        }
    }
    Ok(missing.first().copied())
}
