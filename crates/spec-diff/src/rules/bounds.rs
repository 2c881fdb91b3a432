//! Rules for limits on numbers, lengths, items and numbers of properties.

use super::{Rule, message};
use crate::law::Effect;

/// A keyword that sets a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// Its name in a schema.
    pub name: &'static str,
    /// Whether it is an upper limit.
    pub upper: bool,
    /// The types it applies to.
    pub scope: Scope,
}

/// The types a limit applies to.
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
    /// The limit.
    pub keyword: Keyword,
    /// The limit was added.
    pub set: Rule,
    /// The limit was removed.
    pub lifted: Rule,
    /// The limit was increased.
    pub increased: Rule,
    /// The limit was decreased.
    pub decreased: Rule,
}

impl BoundRules {
    /// Its four rules.
    pub fn all(&self) -> [&Rule; 4] {
        [&self.set, &self.lifted, &self.increased, &self.decreased]
    }
}

const TIGHTER: &str = "Values that were inside the limit are outside it now.";
const LOOSER: &str = "Values that were outside the limit are inside it now.";

macro_rules! bound {
    ($name:literal, $keyword:literal, $scope:ident, upper) => {
        bound!(
            $name, $keyword, $scope, true, Widens, LOOSER, Narrows, TIGHTER
        )
    };
    ($name:literal, $keyword:literal, $scope:ident, lower) => {
        bound!(
            $name, $keyword, $scope, false, Narrows, TIGHTER, Widens, LOOSER
        )
    };
    ($name:literal, $keyword:literal, $scope:ident, $upper:literal,
     $up:ident, $up_why:ident, $down:ident, $down_why:ident) => {
        BoundRules {
            keyword: Keyword {
                name: $keyword,
                upper: $upper,
                scope: Scope::$scope,
            },
            set: message(
                concat!($name, "-set"),
                Effect::Narrows,
                concat!("a `", $keyword, "` was set"),
                TIGHTER,
            ),
            lifted: message(
                concat!($name, "-lifted"),
                Effect::Widens,
                concat!("the `", $keyword, "` was lifted"),
                LOOSER,
            ),
            increased: message(
                concat!($name, "-increased"),
                Effect::$up,
                concat!("the `", $keyword, "` was increased"),
                $up_why,
            ),
            decreased: message(
                concat!($name, "-decreased"),
                Effect::$down,
                concat!("the `", $keyword, "` was decreased"),
                $down_why,
            ),
        }
    };
}

/// Every keyword that sets a limit.
pub static BOUNDS: [BoundRules; 8] = [
    bound!("max", "maximum", Numbers, upper),
    bound!("min", "minimum", Numbers, lower),
    bound!("max-length", "maxLength", Strings, upper),
    bound!("min-length", "minLength", Strings, lower),
    bound!("max-items", "maxItems", Arrays, upper),
    bound!("min-items", "minItems", Arrays, lower),
    bound!("max-properties", "maxProperties", Objects, upper),
    bound!("min-properties", "minProperties", Objects, lower),
];
