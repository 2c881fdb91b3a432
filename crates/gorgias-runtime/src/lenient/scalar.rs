//! Reads booleans, numbers, strings and untyped JSON values.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{Deserializer, Visitor},
};
use serde_json::{Map, Value};

use super::{Lenient, nothing};

impl Lenient for bool {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        struct Boolean;

        impl<'de> Visitor<'de> for Boolean {
            type Value = Option<bool>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a boolean")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Some(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(match value {
                    "true" | "True" => Some(true),
                    "false" | "False" => Some(false),
                    _ => None,
                })
            }

            nothing!(null number list map);
        }

        deserializer.deserialize_any(Boolean)
    }
}

/// Reads integers from numbers without a fraction and from numeric strings. A
/// number out of the type's range reads as `None`.
macro_rules! integer {
    ($($type:ident)+) => {$(
        impl Lenient for $type {
            fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                let wide = deserializer.deserialize_any(Integer)?;
                Ok(wide.and_then(|wide| wide.try_into().ok()))
            }
        }
    )+};
}

integer!(i8 i16 i32 i64 u8 u16 u32 u64);

struct Integer;

impl<'de> Visitor<'de> for Integer {
    type Value = Option<i128>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        // Above 2^53 a float doesn't represent every integer exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let exact = value.fract() == 0.0 && value.abs() <= EXACT;
        Ok(exact.then_some(value as i128))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(value.trim().parse().ok())
    }

    nothing!(null boolean list map);
}

macro_rules! float {
    ($($type:ident)+) => {$(
        impl Lenient for $type {
            fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                struct Float;

                impl<'de> Visitor<'de> for Float {
                    type Value = Option<$type>;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a number")
                    }

                    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                        Ok(Some(value as $type))
                    }

                    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                        Ok(Some(value as $type))
                    }

                    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                        Ok(Some(value as $type))
                    }

                    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                        Ok(value.trim().parse().ok().filter(|number: &$type| number.is_finite()))
                    }

                    nothing!(null boolean list map);
                }

                deserializer.deserialize_any(Float)
            }
        }
    )+};
}

float!(f32 f64);

impl Lenient for String {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Text::new())
    }
}

/// Reads a string, number or boolean as text, into a string or an open enum.
#[derive(Debug)]
pub struct Text<T>(PhantomData<T>);

impl<T> Text<T> {
    /// Makes the reader.
    #[must_use]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Text<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'de, T: From<String> + for<'a> From<&'a str>> Visitor<'de> for Text<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string().into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    nothing!(null list map);
}

impl Lenient for Value {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Option::deserialize(deserializer)
    }
}

impl Lenient for Map<String, Value> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }
}
