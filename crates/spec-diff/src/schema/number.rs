//! JSON numbers, compared by value: `5` and `5.0` are equal.

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Number, Value};

/// 2^53. Up to this number, a float represents every integer exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A JSON number. Integers keep their exact value.
#[derive(Debug, Clone, Copy)]
pub enum Num {
    /// An integer.
    Int(i128),
    /// Any other number.
    Float(f64),
}

impl Num {
    /// Reads a JSON number. `5.0` is read as the integer 5.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_number().and_then(Self::from_number)
    }

    /// Whether a value is an integer, such as `5` or `5.0`.
    pub fn is_whole_value(value: &Value) -> bool {
        matches!(Self::read(value), Some(Self::Int(_)))
    }

    fn from_number(number: &Number) -> Option<Self> {
        if let Some(int) = number.as_i128() {
            return Some(Self::Int(int));
        }
        let float = number.as_f64()?;
        if float.fract() == 0.0 && float.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
            return Some(Self::Int(float as i128));
        }
        Some(Self::Float(float))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "only for comparing with a float"
    )]
    fn as_f64(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Float(float) => float,
        }
    }

    /// Rounds to an integer: down if `below`, and up otherwise. `None` if a float is beyond
    /// the range in which floats represent every integer exactly.
    pub fn whole(self, below: bool) -> Option<i128> {
        let float = match self {
            Self::Int(int) => return Some(int),
            Self::Float(float) if below => float.floor(),
            Self::Float(float) => float.ceil(),
        };
        #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
        let whole = (float.abs() <= EXACT).then_some(float as i128);
        whole
    }

    /// Whether this number is an integer multiple of another. Small rounding errors of floats
    /// are ignored.
    pub fn is_multiple_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Int(_), Self::Int(0)) => false,
            (Self::Int(value), Self::Int(step)) => value.checked_rem(step) == Some(0),
            (value, step) => {
                let quotient = value.as_f64() / step.as_f64();
                quotient.is_finite() && (quotient - quotient.round()).abs() < 1e-9
            }
        }
    }
}

impl PartialEq for Num {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Num {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => Some(left.cmp(right)),
            (left, right) => left.as_f64().partial_cmp(&right.as_f64()),
        }
    }
}

impl fmt::Display for Num {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(formatter),
            Self::Float(float) => float.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn num(value: Value) -> Num {
        Num::read(&value).unwrap()
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(num(json!(5)), num(json!(5.0)));
        assert!(num(json!(5)) < num(json!(5.5)));
    }

    #[test]
    fn large_integers_stay_exact() {
        assert!(num(json!(i64::MAX)) < num(json!(u64::MAX)));
        assert!(num(json!(i64::MAX - 1)) < num(json!(i64::MAX)));
    }

    #[test]
    fn multiples_are_told_for_integers_and_fractions() {
        assert!(num(json!(10)).is_multiple_of(num(json!(5))));
        assert!(num(json!(0.3)).is_multiple_of(num(json!(0.1))));
        assert!(!num(json!(10)).is_multiple_of(num(json!(4))));
        assert!(!num(json!(10)).is_multiple_of(num(json!(0))));
    }
}
