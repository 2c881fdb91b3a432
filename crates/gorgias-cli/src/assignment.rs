//! `--set PATH=VALUE`, which sets a member of a request body by name.

use std::str::FromStr;

use gorgias::Violations;
use serde_json::{Map, Value};

use crate::failure::{Failure, located};

/// A member of a body, and the value it gets.
#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    path: Vec<String>,
    text: String,
}

impl FromStr for Assignment {
    type Err = &'static str;

    /// Reads `messages.0.subject=Hello`, `messages[0].subject=Hello`, or with a JSON
    /// pointer `/messages/0/subject=Hello`.
    fn from_str(argument: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected PATH=VALUE, as in messages.0.subject=Hello";
        let (path, text) = argument.split_once('=').ok_or(EXPECTED)?;
        let path: Vec<_> = match path.strip_prefix('/') {
            Some(pointer) => pointer
                .split('/')
                .map(|name| name.replace("~1", "/").replace("~0", "~"))
                .collect(),
            None => path
                .replace('[', ".")
                .replace(']', "")
                .split('.')
                .map(str::to_owned)
                .collect(),
        };
        if path.iter().any(String::is_empty) {
            return Err(EXPECTED);
        }
        let text = text.to_owned();
        Ok(Self { path, text })
    }
}

impl Assignment {
    /// Sets the member, and makes the lists and objects that are missing around it. A
    /// value that is JSON is read as JSON, unless `is_text` returns for the body and
    /// the member's pointer that the member accepts only text.
    fn apply(
        &self,
        body: &mut Value,
        is_text: impl FnOnce(&Value, &str) -> bool,
    ) -> Result<(), Failure> {
        let text = || Value::String(self.text.clone());
        let value = serde_json::from_str(&self.text).unwrap_or_else(|_| text());
        let is_json = !value.is_string();
        *self.place(body)? = value;
        if is_json && is_text(body, &self.pointer()) {
            *self.place(body)? = text();
        }
        Ok(())
    }

    fn place<'a>(&self, body: &'a mut Value) -> Result<&'a mut Value, Failure> {
        let mut place = body;
        for name in &self.path {
            let index: Option<usize> = name.parse().ok();
            if place.is_null() {
                *place = match index {
                    Some(_) => Value::Array(Vec::new()),
                    None => Value::Object(Map::new()),
                };
            }
            let inner = match place {
                Value::Object(members) => Some(members.entry(name).or_insert(Value::Null)),
                Value::Array(items) => {
                    if index == Some(items.len()) {
                        items.push(Value::Null);
                    }
                    index.and_then(|index| items.get_mut(index))
                }
                _ => None,
            };
            place = inner.ok_or_else(|| {
                let problem = format!("there is no place for {name:?}");
                Failure::invalid("--set names no member")
                    .details([located(&self.pointer(), &problem)])
                    .hint("the items of a list are set one after the other, from 0 on")
            })?;
        }
        Ok(place)
    }

    fn pointer(&self) -> String {
        let names = self.path.iter();
        names
            .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
            .collect()
    }
}

/// Sets members of a body. `check` returns the violations of a body, which show whether
/// a member accepts only text.
pub(crate) fn set(
    body: &mut Value,
    assignments: &[Assignment],
    check: fn(&Value) -> Result<(), Violations>,
) -> Result<(), Failure> {
    for assignment in assignments {
        assignment.apply(body, |body, pointer| is_text(check(body), pointer))?;
    }
    Ok(())
}

/// Whether a violation says that the member at a pointer must be a text.
fn is_text(checked: Result<(), Violations>, pointer: &str) -> bool {
    let violations = checked.err();
    violations.iter().flatten().any(|violation| {
        violation.pointer() == pointer && violation.message() == "must be a string"
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(mut body: Value, assignments: &[&str]) -> Result<Value, Failure> {
        for assignment in assignments {
            let assignment: Assignment = assignment.parse().expect("is an assignment");
            assignment.apply(&mut body, |_, pointer| pointer.ends_with("/id"))?;
        }
        Ok(body)
    }

    #[test]
    fn members_are_set_and_what_is_missing_on_the_way_made() {
        let body = set(
            json!({"a": {"b": 1}, "list": [1], "gone": null}),
            &[
                "a.b=two",
                "list.1=[2]",
                "list[2].x=true",
                "gone.0=",
                "/odd.name/a~1b=null",
                "id=7",
                "other=7",
                "quoted=\"7\"",
                "equals=a=b",
            ],
        )
        .unwrap();
        assert_eq!(
            body,
            json!({
                "a": {"b": "two"}, "list": [1, [2], {"x": true}], "gone": [""],
                "odd.name": {"a/b": null}, "id": "7", "other": 7, "quoted": "7", "equals": "a=b",
            })
        );
    }

    #[test]
    fn members_without_a_place_are_refused() {
        for assignment in ["a.b.c=1", "list.1=1", "list.x=1"] {
            assert!(set(json!({"a": {"b": 1}, "list": []}), &[assignment]).is_err());
        }
        for argument in ["a", "=1", "a..b=1", "/=1", "a.=1"] {
            assert!(argument.parse::<Assignment>().is_err(), "{argument}");
        }
    }
}
