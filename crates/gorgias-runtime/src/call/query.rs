//! Writes query parameters whose value is an object, or a list that is joined into
//! one value. `Draft::query` writes all other parameters.

use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::Draft;
use super::draft::text;
use crate::validate::Rule;

impl Draft {
    /// Writes a list, or the names and values of an object, as one parameter.
    /// `between` separates the parts and must be percent-encoded already. Any
    /// other value becomes a parameter by itself.
    pub fn query_joined<T: Serialize + ?Sized>(
        &mut self,
        between: &str,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        let pieces = match self.checked(name, rule, is_required, value) {
            None | Some(Value::Null) => return,
            Some(Value::Array(items)) => items.into_iter().map(text).collect(),
            Some(Value::Object(members)) => members
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .flat_map(|(name, value)| [name, text(value)])
                .collect(),
            Some(value) => vec![text(value)],
        };
        let encoded = pieces
            .iter()
            .map(|piece| byte_serialize(piece.as_bytes()).collect::<String>());
        let encoded: Vec<_> = encoded.collect();
        self.query.push_encoded(name, &encoded.join(between));
    }

    /// Writes each member of an object as a parameter of its own.
    pub fn query_members<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        match self.checked(name, rule, is_required, value) {
            Some(Value::Object(members)) => {
                for (name, value) in members.into_iter().filter(|(_, value)| !value.is_null()) {
                    self.query.push(&name, &text(value));
                }
            }
            None | Some(Value::Null) => {}
            Some(value) => self.query.push(name, &text(value)),
        }
    }

    /// Writes each member of an object as a parameter with the member's name in
    /// brackets. A list in the object becomes one parameter for each item.
    pub fn query_deep<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        if let Some(value) = self.checked(name, rule, is_required, value) {
            self.deep(name, value);
        }
    }

    fn deep(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::Object(members) => {
                for (member, value) in members {
                    self.deep(&format!("{name}[{member}]"), value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.deep(name, item);
                }
            }
            value => self.query.push(name, &text(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde_json::json;

    use super::*;
    use crate::operation::{Effect, Operation};

    static LIST: Operation = Operation::new("list", Method::GET, "/list", Effect::Read);

    fn written(write: impl FnOnce(&mut Draft)) -> String {
        let mut draft = Draft::new(&LIST);
        write(&mut draft);
        assert!(draft.query.0.is_ascii());
        draft.query.0
    }

    #[test]
    fn what_is_joined_is_one_parameter() {
        let list = json!(["a b", "c,d", 3]);
        assert_eq!(
            written(|draft| draft.query_joined(",", "x", None, false, &list)),
            "x=a+b,c%2Cd,3"
        );
        let object = json!({"B": "a&b", "G": null, "R": 100});
        assert_eq!(
            written(|draft| draft.query_joined("%7C", "x", None, false, &object)),
            "x=B%7Ca%26b%7CR%7C100"
        );
    }

    #[test]
    fn members_are_parameters_by_their_names_or_in_brackets() {
        let object = json!({"from": "2024-05-06", "to": null, "tags": ["a", "b"]});
        assert_eq!(
            written(|draft| draft.query_members("x", None, false, &object)),
            "from=2024-05-06&tags=a%2Cb"
        );
        let object = json!({"created": {"gte": 1}, "tags": ["a", "b"]});
        assert_eq!(
            written(|draft| draft.query_deep("x", None, false, &object)),
            "x%5Bcreated%5D%5Bgte%5D=1&x%5Btags%5D=a&x%5Btags%5D=b"
        );
    }

    #[test]
    fn what_is_left_out_is_not_written_unless_it_is_required() {
        for write in [Draft::query_members::<Value>, Draft::query_deep::<Value>] {
            let nothing = written(|draft| write(draft, "x", None, false, &Value::Null));
            assert_eq!(nothing, "");
            let mut draft = Draft::new(&LIST);
            write(&mut draft, "x", None, true, &Value::Null);
            assert!(draft.finish().is_err());
        }
    }
}
