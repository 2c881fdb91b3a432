//! JSON text as a source of values, behind trait objects.
//!
//! A serde deserializer is generic over the type that it returns, so every type
//! would have a copy of the parser. Here the parser hands each value to a
//! `dyn Sink`, and is compiled once for all types. Start at [`read_root`].

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

/// The error for text that is not JSON. The deserializer's own error has the
/// details, and `read_root` returns it.
#[derive(Debug)]
pub struct Broken;

/// The items of a list, or the values of an object's members.
pub trait Source<'de> {
    /// Passes the next value to a sink. Returns false after the last item.
    fn next(&mut self, sink: &mut dyn Sink<'de>) -> Result<bool, Broken>;

    /// Returns the next value as it is, or `None` after the last item.
    fn next_value(&mut self) -> Result<Option<Value>, Broken>;

    /// Skips the remaining values.
    fn skip(&mut self) -> Result<(), Broken>;
}

/// The members of an object. The value of each key is read with the methods of
/// [`Source`].
pub trait Members<'de>: Source<'de> {
    /// Returns the next key, or `None` after the last one.
    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, Broken>;
}

/// Receives one value. A sink ignores null, and values of a type whose method it
/// doesn't implement.
pub trait Sink<'de> {
    /// Receives a boolean.
    fn boolean(&mut self, _value: bool) {}

    /// Receives a number without a fraction or an exponent, in the range of `i64`
    /// or `u64`.
    fn integer(&mut self, _value: i128) {}

    /// Receives any other number.
    fn float(&mut self, _value: f64) {}

    /// Receives a string.
    fn text(&mut self, _value: &str) {}

    /// Receives a list, which it must read to its end.
    fn list(&mut self, items: &mut dyn Source<'de>) -> Result<(), Broken> {
        items.skip()
    }

    /// Receives an object, which it must read to its end.
    fn object(&mut self, members: &mut dyn Members<'de>) -> Result<(), Broken> {
        members.skip()
    }
}

/// Passes the value of a deserializer to a sink.
pub(crate) fn read_root<'de, D: Deserializer<'de>>(
    deserializer: D,
    sink: &mut dyn Sink<'de>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(Any(sink))
}

/// A visitor of all types, which passes the value to a sink.
struct Any<'a, 'de>(&'a mut dyn Sink<'de>);

impl<'de> DeserializeSeed<'de> for Any<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.boolean(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.integer(value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.integer(value.into());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.float(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.text(value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut items = Items { items, error: None };
        let read = self.0.list(&mut items);
        read.map_err(|Broken| details(items.error))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let mut members = Entries {
            members,
            error: None,
        };
        let read = self.0.object(&mut members);
        read.map_err(|Broken| details(members.error))
    }
}

/// Returns the deserializer's error that a source has kept.
fn details<E: Error>(error: Option<E>) -> E {
    error.unwrap_or_else(|| E::custom("the text is not JSON"))
}

/// Keeps an error for the deserializer to return.
fn keep<T, E>(result: Result<T, E>, error: &mut Option<E>) -> Result<T, Broken> {
    result.map_err(|failure| {
        *error = Some(failure);
        Broken
    })
}

struct Items<A, E> {
    items: A,
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Source<'de> for Items<A, A::Error> {
    fn next(&mut self, sink: &mut dyn Sink<'de>) -> Result<bool, Broken> {
        let item = self.items.next_element_seed(Any(sink));
        Ok(keep(item, &mut self.error)?.is_some())
    }

    fn next_value(&mut self) -> Result<Option<Value>, Broken> {
        keep(self.items.next_element(), &mut self.error)
    }

    fn skip(&mut self) -> Result<(), Broken> {
        while keep(self.items.next_element::<IgnoredAny>(), &mut self.error)?.is_some() {}
        Ok(())
    }
}

struct Entries<A, E> {
    members: A,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> Source<'de> for Entries<A, A::Error> {
    fn next(&mut self, sink: &mut dyn Sink<'de>) -> Result<bool, Broken> {
        keep(self.members.next_value_seed(Any(sink)), &mut self.error)?;
        Ok(true)
    }

    fn next_value(&mut self) -> Result<Option<Value>, Broken> {
        keep(self.members.next_value(), &mut self.error).map(Some)
    }

    fn skip(&mut self) -> Result<(), Broken> {
        let mut next = || self.members.next_entry::<IgnoredAny, IgnoredAny>();
        while keep(next(), &mut self.error)?.is_some() {}
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> Members<'de> for Entries<A, A::Error> {
    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, Broken> {
        let key = keep(self.members.next_key::<Key<'de>>(), &mut self.error)?;
        Ok(key.map(|Key(key)| key))
    }
}

/// A key, borrowed from the text where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
