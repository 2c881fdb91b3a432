//! Reads booleans, numbers, strings and untyped JSON values.

use serde_json::{Map, Value};

use super::{
    Lenient,
    source::{Broken, Sink, Source},
};

impl Lenient for bool {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        struct Boolean<'a>(&'a mut Option<bool>);

        impl Sink<'_> for Boolean<'_> {
            fn boolean(&mut self, value: bool) {
                *self.0 = Some(value);
            }

            fn text(&mut self, value: &str) {
                *self.0 = match value {
                    "true" | "True" => Some(true),
                    "false" | "False" => Some(false),
                    _ => None,
                };
            }
        }

        source.next(&mut Boolean(value))
    }
}

/// Reads integers from numbers without a fraction and from numeric strings. A
/// number out of the type's range reads as `None`.
macro_rules! integer {
    ($($type:ident)+) => {$(
        impl Lenient for $type {
            fn lenient(
                source: &mut dyn Source<'_>,
                value: &mut Option<Self>,
            ) -> Result<bool, Broken> {
                let mut wide = Integer(None);
                let is_item = source.next(&mut wide)?;
                *value = wide.0.and_then(|wide| wide.try_into().ok());
                Ok(is_item)
            }
        }
    )+};
}

integer!(i8 i16 i32 i64 u8 u16 u32 u64);

struct Integer(Option<i128>);

impl Sink<'_> for Integer {
    fn integer(&mut self, value: i128) {
        self.0 = Some(value);
    }

    fn float(&mut self, value: f64) {
        // Above 2^53 a float doesn't represent every integer exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let exact = value.fract() == 0.0 && value.abs() <= EXACT;
        self.0 = exact.then_some(value as i128);
    }

    fn text(&mut self, value: &str) {
        self.0 = value.trim().parse().ok();
    }
}

macro_rules! float {
    ($($type:ident)+) => {$(
        impl Lenient for $type {
            fn lenient(
                source: &mut dyn Source<'_>,
                value: &mut Option<Self>,
            ) -> Result<bool, Broken> {
                struct Float<'a>(&'a mut Option<$type>);

                impl Sink<'_> for Float<'_> {
                    fn integer(&mut self, value: i128) {
                        *self.0 = Some(value as $type);
                    }

                    fn float(&mut self, value: f64) {
                        *self.0 = Some(value as $type);
                    }

                    fn text(&mut self, value: &str) {
                        let number = value.trim().parse().ok();
                        *self.0 = number.filter(|number: &$type| number.is_finite());
                    }
                }

                source.next(&mut Float(value))
            }
        }
    )+};
}

float!(f32 f64);

impl Lenient for String {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        text(source, value)
    }
}

/// Reads a string, number or boolean as text, into a string or into an enum that
/// accepts unknown values.
///
/// # Errors
///
/// Only when the text around it is not JSON.
pub fn text<T: for<'a> From<&'a str>>(
    source: &mut dyn Source<'_>,
    value: &mut Option<T>,
) -> Result<bool, Broken> {
    read_text(source, &mut |text| *value = Some(T::from(text)))
}

/// Passes a string, number or boolean as text to a function.
pub(super) fn read_text(
    source: &mut dyn Source<'_>,
    take: &mut dyn FnMut(&str),
) -> Result<bool, Broken> {
    struct Text<'a>(&'a mut dyn FnMut(&str));

    impl Sink<'_> for Text<'_> {
        fn boolean(&mut self, value: bool) {
            (self.0)(&value.to_string());
        }

        fn integer(&mut self, value: i128) {
            (self.0)(&value.to_string());
        }

        fn float(&mut self, value: f64) {
            (self.0)(&value.to_string());
        }

        fn text(&mut self, value: &str) {
            (self.0)(value);
        }
    }

    source.next(&mut Text(take))
}

impl Lenient for Value {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        let next = source.next_value()?;
        let is_item = next.is_some();
        *value = next.filter(|next| !next.is_null());
        Ok(is_item)
    }
}

impl Lenient for Map<String, Value> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        let next = source.next_value()?;
        let is_item = next.is_some();
        *value = match next {
            Some(Value::Object(map)) => Some(map),
            _ => None,
        };
        Ok(is_item)
    }
}
