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

use std::{collections::BTreeMap, marker::PhantomData};

use serde::{
    Deserialize,
    de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess},
};
use serde_json::{Map, Value};

pub use self::{
    object::{Object, deserialize, object},
    scalar::Text,
};

/// A type that can be read from any JSON value. A value of another type reads
/// as `None`.
pub trait Lenient: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// Only when the text is not JSON.
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
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

/// Reads the next value of a map into `slot`. Returns false when the value was
/// null or of another type.
pub fn read<'de, S: Slot, A: MapAccess<'de>>(slot: &mut S, map: &mut A) -> Result<bool, A::Error> {
    let value = map.next_value_seed(Read::<S::Item>(PhantomData))?;
    Ok(match value {
        Some(value) => {
            slot.put(value);
            true
        }
        None => false,
    })
}

/// Reads a value of a type without a lenient reader: `None` when any part of it
/// doesn't fit.
///
/// # Errors
///
/// Only when the text is not JSON.
pub fn strict<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// [`Lenient`] as a seed, for the readers of maps and sequences.
struct Read<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Read<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::lenient(deserializer)
    }
}

/// Visitor methods that return `None`. The elements of a list or map are
/// consumed, so that the deserializer goes on after it.
macro_rules! nothing {
    ($($kind:ident)+) => { $(nothing!(@ $kind);)+ };
    (@ null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_some<D: serde::Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
            inner.deserialize_any(self)
        }
    };
    (@ boolean) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
    (@ number) => {
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
    (@ string) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
    (@ list) => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok(None)
        }
    };
    (@ map) => {
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            Ok(None)
        }
    };
}
pub(crate) use nothing;
