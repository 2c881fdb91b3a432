//! `Debug` for types that hold personal data: shows the structure of a value,
//! and no text.
//!
//! Names, addresses and messages are customers' personal data, and `Debug`
//! output ends up in logs. Numbers, flags, times and known values of enums are
//! shown. Of other text only the length is shown, which helps to tell two
//! values apart in a failed assertion. Empty fields are left out.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use serde_json::{Map, Value};

use crate::json_value::json_value;

/// A value that `Debug` of a generated type can show.
pub trait Shown: fmt::Debug {
    /// Writes the value without personal data.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }

    /// Whether the value is empty, so that the field is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Writes an object with its fields, except empty ones.
pub fn object(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn Shown)],
) -> fmt::Result {
    let mut object = f.debug_struct(name);
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_absent()) {
        object.field(name, &Redacted(*value));
    }
    object.finish()
}

/// Writes an object with the members that it has when it is serialized.
pub fn serialized(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    value: &impl serde::Serialize,
) -> fmt::Result {
    members(f, name, json_value(value))
}

fn members(f: &mut fmt::Formatter<'_>, name: &str, value: Option<Value>) -> fmt::Result {
    let members = match value {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let mut object = f.debug_struct(name);
    for (name, value) in &members {
        object.field(name, &Redacted(value));
    }
    object.finish()
}

/// Writes a value under the name of its type or variant.
pub fn wrapped(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn Shown) -> fmt::Result {
    f.debug_tuple(name).field(&Redacted(value)).finish()
}

/// Writes the length of a text in its place.
pub fn text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match text.chars().count() {
        0 => f.write_str("\"\""),
        length => write!(f, "[redacted, {length} chars]"),
    }
}

struct Redacted<'a>(&'a dyn Shown);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

impl Shown for String {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text(f, self)
    }
}

// The keys of a map may be personal data too, so only their number is shown.
macro_rules! shown_by_size {
    ($($ty:ty $(, $param:ident)?;)*) => {
        $(impl$(<$param: fmt::Debug>)? Shown for $ty {
            fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "[redacted, {} members]", self.len())
            }

            fn is_absent(&self) -> bool {
                self.is_empty()
            }
        })*
    };
}

shown_by_size!(
    Map<String, Value>;
    BTreeMap<String, T>, T;
    HashMap<String, T>, T;
);

impl Shown for Value {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(value) => text(f, value),
            Self::Array(items) => items.show(f),
            Self::Object(members) => members.show(f),
            Self::Null | Self::Bool(_) | Self::Number(_) => fmt::Display::fmt(self, f),
        }
    }
}

impl<T: Shown> Shown for Option<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(f),
            None => f.write_str("None"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|item| Redacted(item)))
            .finish()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Shown + ?Sized> Shown for Box<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

macro_rules! shown_as_they_are {
    ($($ty:ty),*) => { $(impl Shown for $ty {})* };
}

shown_as_they_are!(
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    std::num::NonZeroU32,
    std::num::NonZeroU64,
    chrono::DateTime<chrono::Utc>,
    chrono::NaiveDate
);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Letter {
        id: i64,
        to: Vec<String>,
        cc: Vec<String>,
        body: Option<Value>,
    }

    impl fmt::Debug for Letter {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            object(
                f,
                "Letter",
                &[
                    ("id", &self.id),
                    ("to", &self.to),
                    ("cc", &self.cc),
                    ("body", &self.body),
                ],
            )
        }
    }

    #[test]
    fn numbers_are_shown_and_text_is_counted() {
        let letter = Letter {
            id: 7,
            to: vec!["josé@example.com".to_owned(), String::new()],
            cc: Vec::new(),
            body: Some(json!([{"name": "Jane"}, "Hello", 3, null])),
        };
        assert_eq!(
            format!("{letter:?}"),
            "Letter { id: 7, to: [[redacted, 16 chars], \"\"], \
             body: [[redacted, 1 members], [redacted, 5 chars], 3, null] }"
        );
    }
}
