//! A serializer that writes nothing, and checks each value against its rule.

mod limits;
mod members;
mod serializer;

use std::fmt;

use serde::ser::{self, Serialize};
use serde_json::Value;

use self::limits::size_violation;
use self::members::Members;
use super::{
    Found, PrivateAddress, Rule, Violation,
    public_url::is_public,
    rule::{Array, Number, TypeRule},
    violation::escaped,
};
use crate::json_value::json_value;

/// Checks a value against a rule, and returns the violations in the order of
/// the value's members.
pub fn examine<T: Serialize + ?Sized>(rule: &'static Rule, value: &T) -> Found {
    let mut found = Found::default();
    let checker = Checker {
        rule,
        single_line: rule.single_line,
        path: Path::Root,
        found: &mut found,
    };
    if let Err(Unserializable) = value.serialize(checker) {
        let violation = Violation::new("", "cannot be written as JSON");
        found.violations.push(violation);
    }
    found
}

/// The path from the body to a value, as a linked list on the stack. It becomes
/// a JSON pointer only for a violation.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Step(&'a Path<'a>, Step<'a>),
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Step(parent, Step::Member(name)) => {
                write!(f, "{parent}/{}", escaped(name))
            }
            Self::Step(parent, Step::Item(index)) => write!(f, "{parent}/{index}"),
        }
    }
}

struct Checker<'a> {
    rule: &'static Rule,
    /// Whether the rule, or one around it, allows only single lines.
    single_line: bool,
    path: Path<'a>,
    found: &'a mut Found,
}

impl<'a> Checker<'a> {
    /// Returns the checker of an item or member of this checker's value.
    fn inner<'b>(&'b mut self, rule: &'static Rule, step: Step<'b>) -> Checker<'b> {
        Checker {
            rule,
            single_line: self.single_line || rule.single_line,
            path: Path::Step(&self.path, step),
            found: self.found,
        }
    }

    /// Returns the rule for the parts of a value that may have any type, if
    /// texts have to be single lines. `None` means that the parts aren't
    /// checked.
    fn rule_within_any(&self) -> Option<&'static Rule> {
        let looks = self.single_line && matches!(self.rule.type_rule, TypeRule::Any);
        looks.then_some(self.rule)
    }

    fn report(&mut self, message: impl Into<String>) {
        let violation = Violation::new(self.path.to_string(), message);
        self.found.violations.push(violation);
    }

    fn mistyped(&mut self) {
        self.report(match &self.rule.type_rule {
            TypeRule::Any => return,
            TypeRule::Boolean => "must be true or false",
            TypeRule::Number(Number { integer: true, .. }) => "must be an integer",
            TypeRule::Number(_) => "must be a number",
            TypeRule::String(_) => "must be a string",
            TypeRule::Array(_) => "must be a list",
            TypeRule::Object(_) => "must be an object",
        });
    }

    fn null(mut self) -> Result<(), Unserializable> {
        if !self.rule.nullable {
            self.report("must not be null");
        }
        Ok(())
    }

    fn number(mut self, value: f64) -> Result<(), Unserializable> {
        match &self.rule.type_rule {
            TypeRule::Number(rule) if rule.integer && value.fract() != 0.0 => self.mistyped(),
            TypeRule::Number(rule) => {
                for message in rule.violations(value).into_iter().flatten() {
                    self.report(message);
                }
            }
            _ => self.mistyped(),
        }
        Ok(())
    }

    fn text(mut self, value: &str) -> Result<(), Unserializable> {
        match &self.rule.type_rule {
            TypeRule::String(rule) => {
                let violations = rule.violations(value);
                if violations.is_empty() {
                    self.line(value);
                }
                for message in violations {
                    self.report(message);
                }
                if rule.public_url && !is_public(value) {
                    let message = "must be an https address of a public host";
                    self.found.addresses.push(PrivateAddress {
                        text: value.to_owned(),
                        violation: Violation::new(self.path.to_string(), message),
                    });
                }
            }
            _ => {
                self.line(value);
                self.mistyped();
            }
        }
        Ok(())
    }

    /// Reports a line break or NUL in a text or in the name of a member, if
    /// only single lines are allowed.
    fn line(&mut self, text: &str) {
        let breaks = |byte| matches!(byte, b'\r' | b'\n' | 0);
        if self.single_line && text.bytes().any(breaks) {
            self.report("must not contain a line break or NUL");
        }
    }

    fn report_size(&mut self, found: usize, least: usize, most: usize, unit: &str) {
        if let Some(message) = size_violation(found, least, most, unit) {
            self.report(message);
        }
    }

    fn list(mut self) -> List<'a> {
        let rule = match &self.rule.type_rule {
            TypeRule::Array(rule) => Some(rule),
            _ => {
                self.mistyped();
                None
            }
        };
        List {
            checker: self,
            rule,
            length: 0,
            seen: Vec::new(),
        }
    }

    fn map(mut self) -> Members<'a> {
        let rule = match &self.rule.type_rule {
            TypeRule::Object(rule) => Some(rule),
            _ => {
                self.mistyped();
                None
            }
        };
        Members::new(self, rule)
    }
}

/// Checks the items of a list.
struct List<'a> {
    checker: Checker<'a>,
    rule: Option<&'static Array>,
    length: usize,
    seen: Vec<Value>,
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unserializable> {
        let index = self.length;
        self.length = index.saturating_add(1);
        let Some(rule) = self.rule else {
            return match self.checker.rule_within_any() {
                Some(rule) => value.serialize(self.checker.inner(rule, Step::Item(index))),
                None => Ok(()),
            };
        };
        value.serialize(self.checker.inner(rule.items, Step::Item(index)))?;
        if rule.unique {
            let value = json_value(value).ok_or(Unserializable)?;
            if self.seen.contains(&value) {
                self.checker
                    .inner(rule.items, Step::Item(index))
                    .report("must not repeat an earlier item");
            }
            self.seen.push(value);
        }
        Ok(())
    }

    fn finish(mut self) {
        if let Some(rule) = self.rule {
            self.checker
                .report_size(self.length, rule.min_items, rule.max_items, "item");
        }
    }
}

/// The error for a value that JSON can't represent, such as a map whose keys
/// aren't strings.
#[derive(Debug)]
struct Unserializable;

impl fmt::Display for Unserializable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written as JSON")
    }
}

impl std::error::Error for Unserializable {}

impl ser::Error for Unserializable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
