//! Checks requests against the document before they are sent.
//!
//! The rules are generated. They are walked by a serialiser, so that a typed
//! value and a [`serde_json::Value`] are judged by the same code, and every
//! violation is reported with the JSON pointer of its place.

mod checker;
mod email_address;
mod format;
// Another document may have limits that this one has not.
#[allow(dead_code)]
mod rule;
mod violation;

use serde::Serialize;

pub use self::email_address::is_email_address;
pub use self::rule::{Field, Format, Pattern, Rule};
pub use self::violation::{Violation, Violations};

/// Checks `value` against `rule`.
///
/// # Errors
///
/// Every violation, in the order of the value's members.
pub fn check<T: Serialize + ?Sized>(rule: &'static Rule, value: &T) -> Result<(), Violations> {
    checker::check(rule, value)
}

/// Checks a parameter that a builder holds.
pub fn parameter<T: Serialize>(
    rule: &'static Rule,
    name: &str,
    value: &Result<T, String>,
    violations: &mut Vec<Violation>,
) {
    match value {
        Ok(value) => {
            let found = check(rule, value).err().into_iter().flatten();
            violations.extend(found.map(|violation| violation.of_parameter(name)));
        }
        Err(message) => violations.push(Violation::new(name, message.as_str())),
    }
}
