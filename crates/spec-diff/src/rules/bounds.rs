//! Rules for limits on numbers, on the lengths of strings, and on the numbers of items and
//! properties.

use super::{Rule, message};
use crate::compatibility::Effect;

/// A keyword that sets a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The name of the keyword.
    pub name: &'static str,
    /// Whether the limit is an upper one.
    pub upper: bool,
    /// The types that the limit applies to.
    pub scope: Scope,
}

/// The types that a limit applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Integers and other numbers.
    Numbers,
    /// Strings.
    Strings,
    /// Arrays.
    Arrays,
    /// Objects.
    Objects,
}

/// The rules for one limit.
#[derive(Debug)]
pub struct BoundRules {
    /// The keyword that sets the limit.
    pub keyword: Keyword,
    /// The rule for an added limit.
    pub set: Rule,
    /// The rule for a removed limit.
    pub lifted: Rule,
    /// The rule for an increased limit.
    pub increased: Rule,
    /// The rule for a decreased limit.
    pub decreased: Rule,
}

impl BoundRules {
    /// Returns the four rules.
    pub fn all(&self) -> [&Rule; 4] {
        [&self.set, &self.lifted, &self.increased, &self.decreased]
    }
}

/// The effect of a change, and the reason.
type Judged = (Effect, &'static str);

const TIGHTER: Judged = (
    Effect::Narrows,
    "Values that were inside the limit are outside it now.",
);
const LOOSER: Judged = (
    Effect::Widens,
    "Values that were outside the limit are inside it now.",
);

const fn rule(name: &'static str, title: &'static str, (effect, why): Judged) -> Rule {
    message(name, effect, title, why)
}

macro_rules! bound {
    ($name:literal, $keyword:literal, $scope:ident, $upper:literal) => {
        BoundRules {
            keyword: Keyword {
                name: $keyword,
                upper: $upper,
                scope: Scope::$scope,
            },
            set: rule(
                concat!($name, "-set"),
                concat!("a `", $keyword, "` was set"),
                TIGHTER,
            ),
            lifted: rule(
                concat!($name, "-lifted"),
                concat!("the `", $keyword, "` was lifted"),
                LOOSER,
            ),
            increased: rule(
                concat!($name, "-increased"),
                concat!("the `", $keyword, "` was increased"),
                if $upper { LOOSER } else { TIGHTER },
            ),
            decreased: rule(
                concat!($name, "-decreased"),
                concat!("the `", $keyword, "` was decreased"),
                if $upper { TIGHTER } else { LOOSER },
            ),
        }
    };
}

/// Every keyword that sets a limit.
pub static BOUNDS: [BoundRules; 8] = [
    bound!("max", "maximum", Numbers, true),
    bound!("min", "minimum", Numbers, false),
    bound!("max-length", "maxLength", Strings, true),
    bound!("min-length", "minLength", Strings, false),
    bound!("max-items", "maxItems", Arrays, true),
    bound!("min-items", "minItems", Arrays, false),
    bound!("max-properties", "maxProperties", Objects, true),
    bound!("min-properties", "minProperties", Objects, false),
];
