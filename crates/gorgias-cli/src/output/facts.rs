//! Lines of a label and a value, for a terminal.

use std::fmt::Display;

use crate::printable::line;

/// A line for each fact that is not empty.
pub(crate) fn facts<const N: usize>(facts: [(&str, String); N]) -> String {
    let facts = facts.iter().filter(|(_, value)| !value.is_empty());
    facts
        .map(|(label, value)| format!("{label:<12} {}\n", line(value)))
        .collect()
}

/// A value as text; nothing if there is none.
pub(crate) fn text_of(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(crate) fn yes_or_no(value: Option<bool>) -> String {
    text_of(value.map(|value| if value { "yes" } else { "no" }))
}

/// A person by name and address, as far as they are known.
pub(crate) fn person(name: Option<&str>, email: Option<&str>) -> Option<String> {
    match (name.filter(|name| !name.is_empty()), email) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
        (name, email) => name.or(email).map(str::to_owned),
    }
}
