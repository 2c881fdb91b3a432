//! Removes a member of a JSON object. The text of the other values stays unchanged.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object with the text of their values. Repeated members are kept,
/// because a later check has to refuse them.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

/// Returns the text of an object without the first member of this name. `None` if the text
/// isn't an object or has no such member.
pub(super) fn without(text: &str, name: &str) -> Option<String> {
    let Members(mut members) = serde_json::from_str(text).ok()?;
    let position = members.iter().position(|(member, _)| member == name)?;
    members.remove(position);
    let mut rest = String::with_capacity(text.len());
    for (name, value) in &members {
        rest.push(if rest.is_empty() { '{' } else { ',' });
        rest.push_str(&serde_json::to_string(name).ok()?);
        rest.push(':');
        rest.push_str(value.get());
    }
    if rest.is_empty() {
        rest.push('{');
    }
    rest.push('}');
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_stays_as_it_was_written() {
        let text = r#"{"a": 1.50, "id": 7, "b": {"c": [1, 1e3], "id": 8}, "é\n": null}"#;
        let rest = r#"{"a":1.50,"b":{"c": [1, 1e3], "id": 8},"é\n":null}"#;
        assert_eq!(without(text, "id").as_deref(), Some(rest));
        assert_eq!(without(r#"{"id":7}"#, "id").as_deref(), Some("{}"));
    }

    #[test]
    fn repetitions_are_left_to_be_found() {
        let rest = without(r#"{"a":1,"id":7,"a":2,"id":8}"#, "id");
        assert_eq!(rest.as_deref(), Some(r#"{"a":1,"a":2,"id":8}"#));
    }

    #[test]
    fn there_may_be_nothing_to_take_out() {
        assert_eq!(without(r#"{"a":1}"#, "id"), None);
        assert_eq!(without("[1]", "id"), None);
        assert_eq!(without("{", "id"), None);
    }
}
