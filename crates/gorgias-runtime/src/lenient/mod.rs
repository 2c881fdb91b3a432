//! Lenient readers for responses. Generated code implements [`Object`] for its
//! structs; the other types are read here.
//!
//! A response must not fail because the service has new fields or is careless
//! about types. A field that is missing, null or of another type reads as
//! absent. An unknown field is kept. A number may come as a string, and a
//! string as a number. Only a response that isn't an object, or that lacks a
//! required field such as its `id`, is an error.

mod datetime;
mod object;
mod scalar;
mod sequence;
mod source;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) use self::source::{Members, Sink, read_root};
pub use self::{
    datetime::parse_datetime,
    object::{Fill, Object, deserialize, object},
    scalar::text,
    source::{Broken, Source},
};

/// A type that can be read from any JSON value.
pub trait Lenient: Sized {
    /// Reads the next value of a source into `value`, which must be `None`.
    /// `value` stays `None` when the next value is null or of another type.
    /// Returns false after the last item of a list.
    ///
    /// # Errors
    ///
    /// Only when the text is not JSON.
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken>;
}

/// A field of a struct that a value can be read into.
pub trait Slot {
    /// The type of the value.
    type Item: Lenient;

    /// Stores a value.
    fn put(&mut self, value: Self::Item);
}

impl<T: Lenient> Slot for Option<T> {
    type Item = T;

    fn put(&mut self, value: T) {
        *self = Some(value);
    }
}

/// Implements [`Slot`] for types of required fields: an absent value leaves the
/// field unchanged.
macro_rules! slot {
    ($type:ty $(, $parameter:ident)?) => {
        impl$(<$parameter: Lenient>)? Slot for $type {
            type Item = Self;

            fn put(&mut self, value: Self) {
                *self = value;
            }
        }
    };
}

slot!(bool);
slot!(i32);
slot!(i64);
slot!(f32);
slot!(f64);
slot!(String);
slot!(Value);
slot!(Map<String, Value>);
slot!(Vec<T>, T);
slot!(BTreeMap<String, T>, T);

/// Reads the next value into the field of a struct. Returns false, and leaves the
/// field unchanged, when the value is null or of another type.
///
/// # Errors
///
/// Only when the text is not JSON.
pub fn read<S: Slot>(slot: &mut S, source: &mut dyn Source<'_>) -> Result<bool, Broken> {
    let mut value = None;
    S::Item::lenient(source, &mut value)?;
    Ok(match value {
        Some(value) => {
            slot.put(value);
            true
        }
        None => false,
    })
}

/// Reads a value of a type that has no lenient reader. `value` becomes `None` when
/// any part of the JSON value doesn't fit the type. Returns false after the last
/// item of a list.
///
/// # Errors
///
/// Only when the text is not JSON.
pub fn strict<T: DeserializeOwned>(
    source: &mut dyn Source<'_>,
    value: &mut Option<T>,
) -> Result<bool, Broken> {
    let next = source.next_value()?;
    let is_item = next.is_some();
    *value = next.and_then(|next| serde_json::from_value(next).ok());
    Ok(is_item)
}
