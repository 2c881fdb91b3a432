//! Reads objects field by field.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use super::nothing;

/// A struct of the generated code that is read leniently.
pub trait Object: Sized {
    /// The schema's name, for error messages.
    const NAME: &'static str;
    /// The required fields, without which an object can't be read.
    const REQUIRED: &'static [&'static str];

    /// Returns the object before any field is read.
    fn blank() -> Self;

    /// Reads the value of `key`. Returns `None` when the struct has no such
    /// field, and `Some(false)` when the value is of another type.
    ///
    /// # Errors
    ///
    /// Only when the text is not JSON.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<Option<bool>, A::Error>;

    /// The map for fields that the document doesn't have.
    fn extra_fields(&mut self) -> &mut Map<String, Value>;
}

/// Reads an object that is a whole response.
///
/// # Errors
///
/// When the value is not an object, or a required field cannot be read.
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match deserializer.deserialize_any(Fields(PhantomData))? {
        Some(Outcome::Whole(object)) => Ok(object),
        Some(Outcome::Lacks(field)) => Err(D::Error::missing_field(field)),
        None => Err(D::Error::custom(format_args!(
            "{} is not an object",
            T::NAME
        ))),
    }
}

/// Reads an object inside a response. A value that isn't an object, or lacks a
/// required field, reads as `None`.
///
/// # Errors
///
/// Only when the text is not JSON.
pub fn object<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(match deserializer.deserialize_any(Fields(PhantomData))? {
        Some(Outcome::Whole(object)) => Some(object),
        Some(Outcome::Lacks(_)) | None => None,
    })
}

enum Outcome<T> {
    Whole(T),
    Lacks(&'static str),
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Fields<T> {
    type Value = Option<Outcome<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = T::blank();
        let mut missing: Vec<_> = T::REQUIRED.to_vec();
        // Of a repeated key, the last value wins.
        while let Some(Key(key)) = map.next_key()? {
            match object.read_field(&key, &mut map)? {
                Some(true) => missing.retain(|field| *field != key),
                Some(false) => {}
                None => {
                    let value = map.next_value()?;
                    object.extra_fields().insert(key.into_owned(), value);
                }
            }
        }
        Ok(Some(match missing.first() {
            Some(field) => Outcome::Lacks(field),
            None => Outcome::Whole(object),
        }))
    }

    nothing!(null boolean number string list);
}

/// A key, borrowed from the text where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
