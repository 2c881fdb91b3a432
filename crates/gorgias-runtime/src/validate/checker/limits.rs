//! Compares numbers and texts with the limits of their rules.

use super::super::rule::{Bound, Number, Text};

/// Returns the message for a wrong length or number of elements.
pub(super) fn size_violation(
    found: usize,
    least: usize,
    most: usize,
    unit: &str,
) -> Option<String> {
    let (bound, wanted) = match found {
        _ if found < least => ("least", least),
        _ if found > most => ("most", most),
        _ => return None,
    };
    let plural = if wanted == 1 { "" } else { "s" };
    Some(format!(
        "must have at {bound} {wanted} {unit}{plural}, has {found}"
    ))
}

impl Number {
    pub(super) fn violations(&self, value: f64) -> [Option<String>; 3] {
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
    pub(super) fn violations(&self, value: &str) -> Vec<String> {
        let mut found = Vec::new();
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

    fn length_violation(&self, value: &str) -> Option<String> {
        // A text has at most as many characters as bytes, and at least one if
        // it has bytes. The characters are counted only if these bounds don't
        // decide.
        if value.len().min(1) >= self.min_length && value.len() <= self.max_length {
            return None;
        }
        let length = value.chars().count();
        size_violation(length, self.min_length, self.max_length, "character")
    }
}
