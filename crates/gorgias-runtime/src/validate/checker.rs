//! A serialiser that writes nothing and checks what passes through it.

mod members;
mod serializer;

use std::fmt;

use serde::ser::{self, Serialize};
use serde_json::Value;

use self::members::Members;
use super::{
    Rule, Violation, Violations,
    rule::{Array, Bound, Kind, Number, Text},
};

pub(super) fn check<T: Serialize + ?Sized>(
    rule: &'static Rule,
    value: &T,
) -> Result<(), Violations> {
    let mut violations = Vec::new();
    let checker = Checker {
        rule,
        path: Path::Root,
        violations: &mut violations,
    };
    if let Err(Unserialisable) = value.serialize(checker) {
        violations.push(Violation::new("", "cannot be written as JSON"));
    }
    Violations::result(violations)
}

/// The way from the body to a value. It lives on the stack, and becomes a
/// pointer only where there is something to report.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(parent, name) => {
                let name = name.replace('~', "~0").replace('/', "~1");
                write!(f, "{parent}/{name}")
            }
            Self::Item(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

struct Checker<'a> {
    rule: &'static Rule,
    path: Path<'a>,
    violations: &'a mut Vec<Violation>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, message: impl Into<String>) {
        self.violations
            .push(Violation::new(self.path.to_string(), message));
    }

    fn mistyped(&mut self) {
        self.report(match &self.rule.kind {
            Kind::Any => return,
            Kind::Boolean => "must be true or false",
            Kind::Number(Number { integer: true, .. }) => "must be an integer",
            Kind::Number(_) => "must be a number",
            Kind::String(_) => "must be a string",
            Kind::Array(_) => "must be a list",
            Kind::Object(_) => "must be an object",
        });
    }

    fn null(mut self) -> Result<(), Unserialisable> {
        if !self.rule.nullable {
            self.report("must not be null");
        }
        Ok(())
    }

    fn number(mut self, value: f64) -> Result<(), Unserialisable> {
        match &self.rule.kind {
            Kind::Number(rule) if rule.integer && value.fract() != 0.0 => self.mistyped(),
            Kind::Number(rule) => {
                for message in rule.violations(value).into_iter().flatten() {
                    self.report(message);
                }
            }
            _ => self.mistyped(),
        }
        Ok(())
    }

    fn text(mut self, value: &str) -> Result<(), Unserialisable> {
        match &self.rule.kind {
            Kind::String(rule) => {
                for message in rule.violations(value) {
                    self.report(message);
                }
            }
            _ => self.mistyped(),
        }
        Ok(())
    }

    fn list(mut self) -> List<'a> {
        let rule = match &self.rule.kind {
            Kind::Array(rule) => Some(rule),
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
        let rule = match &self.rule.kind {
            Kind::Object(rule) => Some(rule),
            _ => {
                self.mistyped();
                None
            }
        };
        Members::new(self, rule)
    }
}

/// Says how many there must be and how many there are.
fn off_size(bound: &str, wanted: usize, unit: &str, found: usize) -> String {
    let plural = if wanted == 1 { "" } else { "s" };
    format!("must have at {bound} {wanted} {unit}{plural}, has {found}")
}

impl Number {
    fn violations(&self, value: f64) -> [Option<String>; 3] {
        let low = self.minimum.and_then(|(bound, kind)| match kind {
            Bound::Inclusive => (value < bound).then(|| format!("must be at least {bound}")),
            Bound::Exclusive => (value <= bound).then(|| format!("must be above {bound}")),
        });
        let high = self.maximum.and_then(|(bound, kind)| match kind {
            Bound::Inclusive => (value > bound).then(|| format!("must be at most {bound}")),
            Bound::Exclusive => (value >= bound).then(|| format!("must be below {bound}")),
        });
        let step = self.multiple_of.and_then(|factor| {
            let steps = value / factor;
            let off = (steps - steps.round()).abs() > 1e-9;
            off.then(|| format!("must be a multiple of {factor}"))
        });
        [low, high, step]
    }
}

impl Text {
    fn violations(&self, value: &str) -> Vec<String> {
        let mut found = Vec::new();
        if self.asks_nothing_of(value) {
            return found;
        }
        if let Some(length) = self.length_violation(value) {
            found.push(length);
        }
        if let Some(format) = self.format
            && !format.matches(value)
        {
            found.push(format.expectation().to_owned());
        }
        if let Some(pattern) = self.pattern
            && !pattern.occurs_in(value)
        {
            found.push(format!("must match {}", pattern.source()));
        }
        if let Some(allowed) = self.allowed
            && !allowed.contains(&value)
        {
            found.push(format!("must be one of {}", allowed.join(", ")));
        }
        found
    }

    /// Most texts may be anything of some length. A character takes one to four
    /// bytes, so most lengths need no count.
    fn asks_nothing_of(&self, value: &str) -> bool {
        value.len() <= self.max_length
            && self.min_length == 0
            && self.format.is_none()
            && self.pattern.is_none()
            && self.allowed.is_none()
    }

    fn length_violation(&self, value: &str) -> Option<String> {
        let length = value.chars().count();
        if length < self.min_length {
            let least = self.min_length;
            Some(off_size("least", least, "character", length))
        } else if length > self.max_length {
            let most = self.max_length;
            Some(off_size("most", most, "character", length))
        } else {
            None
        }
    }
}

/// Items of a list.
struct List<'a> {
    checker: Checker<'a>,
    rule: Option<&'static Array>,
    length: usize,
    seen: Vec<Value>,
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unserialisable> {
        let index = self.length;
        self.length = index.saturating_add(1);
        let Some(rule) = self.rule else { return Ok(()) };
        value.serialize(Checker {
            rule: rule.items,
            path: Path::Item(&self.checker.path, index),
            violations: self.checker.violations,
        })?;
        if rule.unique {
            let value = serde_json::to_value(value).map_err(|_| Unserialisable)?;
            if self.seen.contains(&value) {
                let pointer = Path::Item(&self.checker.path, index).to_string();
                let violation = Violation::new(pointer, "must differ from the items before it");
                self.checker.violations.push(violation);
            }
            self.seen.push(value);
        }
        Ok(())
    }

    fn finish(mut self) {
        let Some(rule) = self.rule else { return };
        let length = self.length;
        if length < rule.min_items {
            let least = rule.min_items;
            self.checker
                .report(off_size("least", least, "item", length));
        } else if length > rule.max_items {
            let most = rule.max_items;
            self.checker.report(off_size("most", most, "item", length));
        }
    }
}

/// A value that JSON cannot hold, such as a map with keys that are no
/// strings.
#[derive(Debug)]
struct Unserialisable;

impl fmt::Display for Unserialisable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written as JSON")
    }
}

impl std::error::Error for Unserialisable {}

impl ser::Error for Unserialisable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
