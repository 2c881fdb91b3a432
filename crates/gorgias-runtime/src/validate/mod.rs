//! Checks requests against the document before they are sent.
//!
//! The rules are generated (`rule` has their types). `checker` is a serializer
//! that compares a value with its rule, so that a typed value and a
//! [`serde_json::Value`] are checked by the same code. Every violation is
//! reported with its JSON pointer.

mod checker;
mod email_address;
mod format;
mod public_url;
mod repeated;
mod rule;
mod violation;

use std::fmt;

use serde::Serialize;

pub use self::checker::examine;
pub use self::email_address::is_email_address;
pub use self::repeated::repeated;
pub use self::rule::{Field, Format, Pattern, Rule};
pub(crate) use self::violation::escaped;
pub use self::violation::{Violation, Violations};

/// The type of a request body, with its rule.
pub trait Checked: Serialize {
    /// Returns the rule.
    fn rule() -> &'static Rule;
}

/// The violations in a value.
#[derive(Debug, Default)]
pub struct Found {
    /// Violations of all rules except the rule that an address must be public.
    pub violations: Vec<Violation>,
    /// Addresses of attachments that aren't public. A client may allow them.
    pub addresses: Vec<PrivateAddress>,
}

impl Found {
    /// Allows addresses below a base URL.
    pub fn allow_below(&mut self, base: &str) {
        self.addresses.retain(|address| !address.is_below(base));
    }

    /// Returns an error with all violations, if there are any.
    ///
    /// # Errors
    ///
    /// When there is at least one violation.
    pub fn result(mut self) -> Result<(), Violations> {
        let addresses = self.addresses.into_iter();
        self.violations
            .extend(addresses.map(|address| address.violation));
        Violations::result(self.violations)
    }
}

/// An attachment's address that isn't public, with the violation. A client may
/// allow the address.
///
/// `Debug` shows the place of the address, and not the address itself.
#[derive(Clone)]
pub struct PrivateAddress {
    text: String,
    violation: Violation,
}

impl PrivateAddress {
    /// Whether the address is below a base address without a trailing slash.
    fn is_below(&self, base: &str) -> bool {
        let rest = self.text.strip_prefix(base);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

impl fmt::Debug for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PrivateAddress")
            .field(&self.violation)
            .finish()
    }
}

/// Checks a value against a rule. An address that isn't public is an error too.
///
/// # Errors
///
/// An error with every violation.
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
        let reported = wrong[4].to_string();
        assert_eq!(reported, "/subject must not contain a line break or NUL");
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
        assert!(!format!("{found:?}").contains("secret"));
        let reported = found.result().unwrap_err();
        assert!(!reported.to_string().contains("secret"), "{reported}");
        let reported: Vec<_> = reported.into_iter().collect();
        assert_eq!(pointers(&reported), ["/1/url"]);
    }

    #[test]
    fn addresses_below_the_base_are_those_of_its_own_files() {
        static RULE: Rule = Rule::array(&Rule::string().public_url(true));
        let mut found = examine(
            &RULE,
            &json!([
                "http://127.0.0.1:8080/files/1",
                "http://127.0.0.1:80801/files/1",
                "http://127.0.0.1:8080@10.0.0.1/files/1",
                "http://127.0.0.1:8080",
            ]),
        );
        found.allow_below("http://127.0.0.1:8080");
        let reported: Vec<_> = found.result().unwrap_err().into_iter().collect();
        assert_eq!(pointers(&reported), ["/1", "/2", "/3"]);
    }
}
