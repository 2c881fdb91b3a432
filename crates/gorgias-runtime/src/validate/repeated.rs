//! Finds members that an object in a JSON text contains more than once.
//!
//! A parser keeps only the last of them, so only that one is checked. The text
//! that is sent contains all of them, and the service might read another one.

use std::collections::HashSet;

use super::Violation;
use super::violation::escaped;
use crate::lenient::{Broken, Members, Sink, Source, read_root};

/// Returns a violation for each repetition of a member, and none if the text
/// isn't JSON.
#[must_use]
pub fn repeated(text: &[u8]) -> Vec<Violation> {
    let mut names = Names::default();
    match read_root(&mut serde_json::Deserializer::from_slice(text), &mut names) {
        Ok(()) => names.repeated,
        Err(_) => Vec::new(),
    }
}

/// Reads a value and keeps only the violations by repeated names.
#[derive(Default)]
struct Names {
    /// The JSON pointer to the current value.
    pointer: String,
    repeated: Vec<Violation>,
}

impl<'de> Sink<'de> for Names {
    fn list(&mut self, items: &mut dyn Source<'de>) -> Result<(), Broken> {
        let length = self.pointer.len();
        for index in 0_usize.. {
            self.pointer.push_str(&format!("/{index}"));
            let is_item = items.next(self)?;
            self.pointer.truncate(length);
            if !is_item {
                break;
            }
        }
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members<'de>) -> Result<(), Broken> {
        let length = self.pointer.len();
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key()? {
            self.pointer.push_str(&format!("/{}", escaped(&name)));
            if !seen.insert(name) {
                let violation = Violation::new(self.pointer.clone(), "is given more than once");
                self.repeated.push(violation);
            }
            members.next(self)?;
            self.pointer.truncate(length);
        }
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
