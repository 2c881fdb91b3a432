//! Finds members that an object in a JSON text has twice.
//!
//! A parser keeps only the last of them, and the text that is sent has both. So
//! the service might read another body than the one that was checked.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Violation;

const MESSAGE: &str = "is given more than once";

/// Returns a violation for each repeated member. A text that isn't JSON has
/// none.
#[must_use]
pub fn repeated(text: &[u8]) -> Vec<Violation> {
    let mut found = Vec::new();
    let walk = Walk {
        pointer: &mut String::new(),
        found: &mut found,
    };
    match walk.deserialize(&mut serde_json::Deserializer::from_slice(text)) {
        Ok(()) => found,
        Err(_) => Vec::new(),
    }
}

/// Escapes a name for a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Reads a value, and keeps only the names of its members.
struct Walk<'a> {
    pointer: &'a mut String,
    found: &'a mut Vec<Violation>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let length = self.pointer.len();
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            self.pointer.push('/');
            self.pointer.push_str(&escaped(&name));
            if !seen.insert(name) {
                let violation = Violation::new(self.pointer.clone(), MESSAGE);
                self.found.push(violation);
            }
            members.next_value_seed(Walk {
                pointer: self.pointer,
                found: self.found,
            })?;
            self.pointer.truncate(length);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let length = self.pointer.len();
        for index in 0_usize.. {
            // Writing to a string can't fail.
            let _: fmt::Result = write!(self.pointer, "/{index}");
            let item = items.next_element_seed(Walk {
                pointer: self.pointer,
                found: self.found,
            })?;
            self.pointer.truncate(length);
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(text: &str) -> Vec<String> {
        let found = repeated(text.as_bytes());
        let pointers = found.iter().map(|violation| violation.pointer().to_owned());
        pointers.collect()
    }

    #[test]
    fn a_member_that_is_given_twice_is_found_wherever_it_stands() {
        assert_eq!(pointers(r#"{"a":1,"b":2,"a":3,"a":4}"#), ["/a", "/a"]);
        assert_eq!(
            pointers(r#"{"m":[{"x":1},{"x":1,"x/y":{"z":null,"z":"z"},"x":true}]}"#),
            ["/m/1/x~1y/z", "/m/1/x"]
        );
        // An escaped name is the same name.
        assert_eq!(pointers(r#"{"a":1.5,"\u0061":-1}"#), ["/a"]);
    }

    #[test]
    fn the_same_name_in_different_objects_is_no_repetition() {
        assert!(pointers(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#).is_empty());
        assert!(pointers("[1, \"a\", null").is_empty());
    }
}
