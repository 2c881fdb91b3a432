//! All rules: every kind of change that has a name.
//!
//! The ids of rules are stable, because acknowledgements, reports and the list in
//! `docs/spec-diff-rules.md` refer to them. A rule never changes its effect. If a kind of
//! change is to be judged differently, it gets a new rule.

mod bounds;
mod documentation;
mod interface;
mod message;
mod object;
mod schema;

pub use bounds::{BOUNDS, BoundRules, Scope};
pub use documentation::*;
pub use interface::*;
pub use message::*;
pub use object::*;
pub use schema::*;

use super::compatibility::{Class, Direction, Effect, Exception, judge};

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id without the direction.
    pub name: &'static str,
    /// How a change is judged.
    pub basis: Basis,
    /// The kind of change, in one line.
    pub title: &'static str,
    /// Why the change has this effect.
    pub why: &'static str,
}

/// How a change is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// By the direction of the messages that change. The ids start with the direction.
    Message {
        /// The effect on messages that the caller sends.
        request: Effect,
        /// The effect on messages that the service sends.
        response: Effect,
        /// The exception to the judgement by effect and direction.
        exception: Exception,
    },
    /// As a demand on the caller, which doesn't depend on messages.
    Interface(Effect),
    /// As documentation, which no caller notices.
    Documentation,
}

impl Rule {
    /// Returns the effect of the change on messages of a direction.
    #[must_use]
    pub const fn judge(&self, direction: Direction) -> Class {
        match self.basis {
            Basis::Message {
                request,
                response,
                exception,
            } => {
                let effect = match direction {
                    Direction::Request => request,
                    Direction::Response => response,
                };
                judge(effect, direction, exception)
            }
            Basis::Interface(effect) => judge(effect, Direction::Request, Exception::None),
            Basis::Documentation => Class::DocOnly,
        }
    }

    /// Returns the effect in a direction; `None` for documentation.
    #[must_use]
    pub const fn effect(&self, direction: Direction) -> Option<Effect> {
        match (self.basis, direction) {
            (Basis::Message { request, .. }, Direction::Request) => Some(request),
            (Basis::Message { response, .. }, Direction::Response) => Some(response),
            (Basis::Interface(effect), _) => Some(effect),
            (Basis::Documentation, _) => None,
        }
    }

    /// Returns the id of a change in this direction.
    #[must_use]
    pub fn id(&self, direction: Direction) -> String {
        match self.basis {
            Basis::Message { .. } => format!("{}-{}", direction.word(), self.name),
            Basis::Interface(_) | Basis::Documentation => self.name.to_owned(),
        }
    }

    /// Returns all ids of the rule.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        match self.basis {
            Basis::Message { .. } => Direction::BOTH.map(|direction| self.id(direction)).to_vec(),
            Basis::Interface(_) | Basis::Documentation => vec![self.name.to_owned()],
        }
    }
}

/// Returns all rules by area, in the order in which the page of rules lists them.
#[must_use]
pub fn areas() -> Vec<(&'static str, Vec<&'static Rule>)> {
    vec![
        ("Operations, security and servers", interface::ALL.to_vec()),
        (
            "Parameters, bodies, responses and headers",
            message::ALL.to_vec(),
        ),
        ("Schemas: values", schema::ALL.to_vec()),
        (
            "Schemas: bounds",
            BOUNDS.iter().flat_map(BoundRules::all).collect(),
        ),
        ("Schemas: objects and composition", object::ALL.to_vec()),
        ("Documentation", documentation::ALL.to_vec()),
    ]
}

/// Finds the rule of an id, and the direction that the id starts with.
#[must_use]
pub fn find(id: &str) -> Option<(&'static Rule, Option<Direction>)> {
    areas()
        .into_iter()
        .flat_map(|(_, rules)| rules)
        .find_map(|rule| {
            if rule.name == id {
                return Some((rule, None));
            }
            let direction = Direction::BOTH
                .into_iter()
                .find(|direction| rule.id(*direction) == id)?;
            Some((rule, Some(direction)))
        })
}

type Text = &'static str;

/// Makes a rule with the same effect in both directions.
const fn message(name: Text, effect: Effect, title: Text, why: Text) -> Rule {
    split(name, effect, effect, title, why)
}

/// Makes a rule whose effect depends on the sender of the message.
const fn split(name: Text, request: Effect, response: Effect, title: Text, why: Text) -> Rule {
    let basis = Basis::Message {
        request,
        response,
        exception: Exception::None,
    };
    rule(name, basis, title, why)
}

/// Makes a rule with an exception to the judgement by effect and direction.
const fn with_exception(
    name: Text,
    effect: Effect,
    exception: Exception,
    title: Text,
    why: Text,
) -> Rule {
    let basis = Basis::Message {
        request: effect,
        response: effect,
        exception,
    };
    rule(name, basis, title, why)
}

/// Makes a rule about a demand on the caller.
const fn interface(name: Text, effect: Effect, title: Text, why: Text) -> Rule {
    rule(name, Basis::Interface(effect), title, why)
}

/// Makes a rule about documentation.
const fn documentation(name: Text, title: Text, why: Text) -> Rule {
    rule(name, Basis::Documentation, title, why)
}

const fn rule(name: Text, basis: Basis, title: Text, why: Text) -> Rule {
    Rule {
        name,
        basis,
        title,
        why,
    }
}

/// Declares rules, and the list `ALL` of them in the order of declaration.
macro_rules! rules {
    ($($constant:ident = $make:ident($($argument:expr),* $(,)?);)*) => {
        $(
            #[doc = concat!("The rule `", stringify!($constant), "`.")]
            pub static $constant: super::Rule = super::$make($($argument),*);
        )*
        pub(super) static ALL: &[&super::Rule] = &[$(&$constant),*];
    };
}
use rules;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn all() -> Vec<&'static Rule> {
        areas().into_iter().flat_map(|(_, rules)| rules).collect()
    }

    #[test]
    fn ids_are_unique_and_found() {
        let mut seen = HashSet::new();
        for rule in all() {
            for id in rule.ids() {
                assert!(seen.insert(id.clone()), "{id} is used twice");
                assert_eq!(find(&id).map(|(found, _)| found), Some(rule));
            }
        }
    }

    #[test]
    fn ids_are_kebab_case_and_texts_are_sentences() {
        for rule in all() {
            let lowercase = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(rule.name.chars().all(lowercase), "{}", rule.name);
            assert!(rule.why.ends_with('.'), "{}: {}", rule.name, rule.why);
            assert!(!rule.title.ends_with('.'), "{}: {}", rule.name, rule.title);
        }
    }

    #[test]
    fn unknown_ids_are_not_found() {
        assert_eq!(find("request-nothing-of-the-sort"), None);
    }
}
