//! Checks requests against the document before they are sent.
//!
//! The rules are generated. They are walked by a serialiser, so that a typed
//! value and a [`serde_json::Value`] are judged by the same code, and every
//! violation is reported with the JSON pointer of its place.

mod checker;
mod email_address;
mod format;
mod public_url;
// Another document may have limits that this one has not.
#[allow(dead_code)]
mod rule;
mod violation;

use serde::Serialize;

pub use self::email_address::is_email_address;
pub use self::rule::{Field, Format, Pattern, Rule};
pub use self::violation::{Violation, Violations};

/// A type that bodies of requests have, with the rule that they are checked by.
pub trait Checked: Serialize {
    /// The rule.
    fn rule() -> &'static Rule;
}

/// What is wrong with a value.
#[derive(Debug, Default)]
pub struct Found {
    /// What the document does not allow.
    pub violations: Vec<Violation>,
    /// The addresses that are not public, which a client may allow.
    pub addresses: Vec<Violation>,
}

impl Found {
    /// Everything that was found, as a result.
    ///
    /// # Errors
    ///
    /// When anything was.
    pub fn result(mut self) -> Result<(), Violations> {
        self.violations.append(&mut self.addresses);
        Violations::result(self.violations)
    }
}

/// Checks a value against a rule. Violations are in the order of the value's
/// members.
pub fn examine<T: Serialize + ?Sized>(rule: &'static Rule, value: &T) -> Found {
    checker::examine(rule, value)
}

/// The same as a result, in which no address may be anything but public.
///
/// # Errors
///
/// Every violation.
pub fn check<T: Serialize + ?Sized>(rule: &'static Rule, value: &T) -> Result<(), Violations> {
    examine(rule, value).result()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pointers(violations: &[Violation]) -> Vec<&str> {
        violations.iter().map(Violation::pointer).collect()
    }

    #[test]
    fn what_ends_up_in_the_header_of_a_mail_is_a_single_line_however_deep() {
        static RULE: Rule = Rule::object(&[
            Field::optional("subject", &Rule::string().single_line().nullable()),
            Field::optional("headers", &Rule::object(&[]).single_line().nullable()),
            Field::optional("text", &Rule::string()),
        ]);
        let found = |value: Value| examine(&RULE, &value).violations;
        let fine = json!({
            "subject": null, "text": "a\nb", "meta": {"a\n": ["b\n"]},
            "headers": {"X-A": ["a", {"b": 1}], "X-B": null},
        });
        assert!(found(fine).is_empty());
        let wrong = found(json!({
            "headers": {"X-A": ["a", {"b": "c\0"}], "X-B\n": 1, "X-C": {"d\r": "e\n"}},
            "subject": "a\r\nBcc: x",
        }));
        assert_eq!(
            pointers(&wrong),
            [
                "/headers/X-A/1/b",
                "/headers/X-B\n",
                "/headers/X-C/d\r",
                "/headers/X-C/d\r",
                "/subject"
            ]
        );
        let told = wrong[4].to_string();
        assert_eq!(told, "/subject must not contain a line break or NUL");
    }

    #[test]
    fn addresses_that_are_not_public_are_told_apart_and_not_repeated() {
        static FILE: Rule = Rule::object(&[Field::required(
            "url",
            &Rule::string().format(Format::Uri).public_url(true),
        )]);
        static RULE: Rule = Rule::array(&FILE);
        let found = examine(
            &RULE,
            &json!([{"url": "https://files.example.com/x"}, {"url": "file:///secret"}]),
        );
        assert!(found.violations.is_empty());
        assert_eq!(pointers(&found.addresses), ["/1/url"]);
        let told = found.result().unwrap_err().to_string();
        assert!(!told.contains("secret"), "{told}");
    }
}
