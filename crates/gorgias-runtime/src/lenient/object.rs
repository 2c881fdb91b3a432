//! Objects, read field by field.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{Deserializer, Error, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use super::nothing;

/// A struct of the generated code that reads leniently.
pub trait Object: Sized {
    /// The schema's name, for messages.
    const NAME: &'static str;
    /// The fields without which there is no such object.
    const REQUIRED: &'static [&'static str];

    /// The object before anything is read.
    fn blank() -> Self;

    /// Reads the value of `key`. `None` when there is no such field, and
    /// `Some(false)` when the field's value made no sense.
    ///
    /// # Errors
    ///
    /// Only when the text is not JSON.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<Option<bool>, A::Error>;

    /// Where fields go that the document does not have.
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

/// Reads an object inside a response. Anything else reads as nothing.
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
        // A repeated key is read again, so that the last one wins.
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
