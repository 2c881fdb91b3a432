//! A JSON value that borrows strings from the text it was read from, if they have no
//! escapes.
//!
//! Most strings of an export are dropped, or written out once. A tree with owned strings and
//! maps would take most of the time of a conversion.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The members of an object, in their order.
pub(crate) type Object<'t> = Vec<(Cow<'t, str>, Json<'t>)>;

/// A JSON value. It has no `Debug`, because it holds text of customers.
#[derive(Clone, PartialEq, Default)]
pub(crate) enum Json<'t> {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Object<'t>),
}

impl Json<'_> {
    /// Whether the value is null, false or empty. An object whose members are all empty
    /// is empty.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(flag) => !flag,
            Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.iter().all(|(_, value)| value.is_empty()),
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<Json<'_>> for Value {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(flag),
            Json::Number(number) => Self::Number(number),
            Json::Text(text) => Self::String(text.into_owned()),
            Json::List(items) => items.into_iter().map(Self::from).collect(),
            Json::Object(members) => {
                let members = members.into_iter();
                let members: Map<_, _> = members
                    .map(|(name, value)| (name.into_owned(), Self::from(value)))
                    .collect();
                Self::Object(members)
            }
        }
    }
}

impl<'de: 't, 't> Deserialize<'de> for Json<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut object = Vec::new();
        while let Some(Name(name)) = members.next_key()? {
            object.push((name, members.next_value()?));
        }
        Ok(Json::Object(object))
    }
}

/// The name of a member, borrowed from the text if it has no escapes.
struct Name<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Values)? {
            Json::Text(name) => Ok(Self(name)),
            _ => Err(D::Error::custom("a name is not a text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_json_value_is_read() {
        let text =
            r#"{"a":[1,-2,0.5,18446744073709551615,1e2,true,null],"b\n":{"c":"é\u00e9","d":""}}"#;
        let json: Json<'_> = serde_json::from_str(text).unwrap();
        assert!(!json.is_empty());
        assert_eq!(
            Value::from(json),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn strings_without_escapes_are_borrowed() {
        let text = r#"["plain","\n"]"#.to_owned();
        let Json::List(items) = serde_json::from_str::<Json<'_>>(&text).unwrap() else {
            panic!("is no list");
        };
        let borrowed = |item: &Json<'_>| matches!(item, Json::Text(Cow::Borrowed(_)));
        assert!(borrowed(&items[0]) && !borrowed(&items[1]));
    }

    #[test]
    fn empty_objects_and_lists_say_nothing() {
        let empty = |value: Value| {
            let text = value.to_string();
            serde_json::from_str::<Json<'_>>(&text).unwrap().is_empty()
        };
        assert!(empty(
            json!({"a": null, "b": {"c": "", "d": []}, "e": false})
        ));
        assert!(!empty(json!({"a": {"b": 0}})));
    }
}
