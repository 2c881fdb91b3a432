//! Compares the keywords that restrict values within their type: limits, `multipleOf`,
//! `uniqueItems` and `pattern`.

use super::comparison::Comparison;
use super::implied::{implies_limit, implies_pattern, implies_step, implies_unique_items};
use super::keywords::Limit;
use super::number::Num;
use super::types::Type;
use crate::both::{Both, Side};
use crate::rules::{self, BOUNDS, BoundRules, Scope};

/// Compares the restrictions of two schemas.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    for (index, rules) in BOUNDS.iter().enumerate() {
        if applies(comparison, rules.keyword.scope) {
            let limits = comparison.shapes().map(|shape| shape.limit(index));
            limit(comparison, rules, index, limits);
        }
    }
    if applies(comparison, Scope::Numbers) {
        steps(comparison);
    }
    if applies(comparison, Scope::Arrays) {
        uniqueness(comparison);
    }
    patterns(comparison);
}

/// Whether limits of this scope apply to both shapes.
fn applies(comparison: &Comparison<'_, '_>, scope: Scope) -> bool {
    [&comparison.old, &comparison.new].iter().all(|shape| {
        shape.kind().is_none_or(|kind| match scope {
            Scope::Numbers => matches!(kind, Type::Integer | Type::Number),
            // If values are written as text, a number may have become a string.
            Scope::Strings => kind == Type::String || comparison.new.kind() == Some(Type::String),
            Scope::Arrays => kind == Type::Array,
            Scope::Objects => kind == Type::Object,
        })
    })
}

/// Compares one limit. `index` is the index of its keyword in [`BOUNDS`].
fn limit(
    comparison: &mut Comparison<'_, '_>,
    rules: &'static BoundRules,
    index: usize,
    limits: Both<Option<Limit>>,
) {
    let name = rules.keyword.name;
    if let Some((side, limit)) = limits.unmatched() {
        if !implies_limit(comparison.shapes().get(side.other()), index, limit) {
            let number = describe(limit);
            let message = match side {
                Side::Old => format!("`{name}` of {number} was lifted"),
                Side::New => format!("`{name}` was set to {number}"),
            };
            let rules = [&rules.lifted, &rules.set];
            comparison.report_unmatched(rules, (side, limit.part), message);
        }
        return;
    }
    let Some(Both { old, new }) = limits.transpose() else {
        return;
    };
    let upper = rules.keyword.upper;
    let are_equal = old.number == new.number && old.exclusive == new.exclusive;
    let outermost = inclusive(comparison, old, upper);
    let are_equivalent = outermost.is_some() && outermost == inclusive(comparison, new, upper);
    // If the numbers are equal, an exclusive limit is tighter.
    let grew = if old.number == new.number {
        old.exclusive == upper
    } else {
        new.number > old.number
    };
    let is_implied = if grew == upper {
        implies_limit(&comparison.new, index, old)
    } else {
        implies_limit(&comparison.old, index, new)
    };
    if are_equal || are_equivalent || is_implied {
        return;
    }
    let (rule, word) = if grew {
        (&rules.increased, "increased")
    } else {
        (&rules.decreased, "decreased")
    };
    let (from, to) = (describe(old), describe(new));
    let message = format!("`{name}` {word} from {from} to {to}");
    comparison.report(rule, Both::new(old.part, new.part), message);
}

/// Returns the outermost integer that the limit allows, which is equal for "below 5", "at
/// most 4" and "at most 4.5". `None` if the values aren't integers.
fn inclusive(comparison: &Comparison<'_, '_>, limit: Limit, upper: bool) -> Option<i128> {
    let whole = is_whole(comparison);
    let number = match limit.number {
        Num::Int(number) => number,
        fraction @ Num::Float(_) if whole => return fraction.whole(upper),
        Num::Float(_) => return None,
    };
    match (whole, limit.exclusive, upper) {
        (false, ..) => None,
        (_, false, _) => Some(number),
        (_, true, true) => number.checked_sub(1),
        (_, true, false) => number.checked_add(1),
    }
}

fn is_whole(comparison: &Comparison<'_, '_>) -> bool {
    comparison.new.kind() == Some(Type::Integer)
}

fn describe(limit: Limit) -> String {
    let exclusive = if limit.exclusive { " (exclusive)" } else { "" };
    format!("{}{exclusive}", limit.number)
}

/// Compares `multipleOf`.
fn steps(comparison: &mut Comparison<'_, '_>) {
    let mut steps = comparison.shapes().map(|shape| shape.steps.clone());
    steps.remove_shared(|one, other| one.0 == other.0);
    if is_whole(comparison) {
        // Every integer is a multiple of 1.
        steps.old.retain(|(step, _)| *step != Num::Int(1));
        steps.new.retain(|(step, _)| *step != Num::Int(1));
    }
    if let Some(pair) = steps.sole() {
        let (old, new) = (pair.old.0, pair.new.0);
        let rule = if old.is_multiple_of(new) {
            &rules::MULTIPLE_OF_GENERALIZED
        } else if new.is_multiple_of(old) {
            &rules::MULTIPLE_OF_SPECIALIZED
        } else {
            &rules::MULTIPLE_OF_CHANGED
        };
        let message = format!("`multipleOf` changed from {old} to {new}");
        comparison.report(rule, pair.map(|(_, part)| *part), message);
        return;
    }
    for (side, (step, part)) in steps.into_items() {
        if !implies_step(comparison.shapes().get(side.other()), step) {
            let message = match side {
                Side::Old => format!("`multipleOf` of {step} was lifted"),
                Side::New => format!("`multipleOf` was set to {step}"),
            };
            let rules = [&rules::MULTIPLE_OF_LIFTED, &rules::MULTIPLE_OF_SET];
            comparison.report_unmatched(rules, (side, part), message);
        }
    }
}

/// Compares `uniqueItems`.
fn uniqueness(comparison: &mut Comparison<'_, '_>) {
    let parts = comparison.shapes().map(|shape| shape.unique);
    if let Some((side, part)) = parts.unmatched()
        && !implies_unique_items(comparison.shapes().get(side.other()))
    {
        let message = side.pick(["items may repeat now", "items must be unique now"]);
        let rules = [&rules::UNIQUE_ITEMS_REMOVED, &rules::UNIQUE_ITEMS_ADDED];
        comparison.report_unmatched(rules, (side, part), message.to_owned());
    }
}

/// Compares `pattern`.
fn patterns(comparison: &mut Comparison<'_, '_>) {
    let mut patterns = comparison.shapes().map(|shape| shape.patterns.clone());
    patterns.remove_shared(|one, other| one.0 == other.0);
    let (old, new) = (&comparison.old, &comparison.new);
    patterns.old.retain(|(text, _)| !implies_pattern(new, text));
    patterns.new.retain(|(text, _)| !implies_pattern(old, text));
    if let Some(pair) = patterns.sole() {
        let (from, to) = (pair.old.0, pair.new.0);
        let message = format!("the pattern changed from `{from}` to `{to}`");
        comparison.report(
            &rules::PATTERN_CHANGED,
            pair.map(|(_, part)| *part),
            message,
        );
        return;
    }
    for (side, (text, part)) in patterns.into_items() {
        let message = match side {
            Side::Old => format!("strings needn't match `{text}` any more"),
            Side::New => format!("strings have to match `{text}`"),
        };
        let rules = [&rules::PATTERN_REMOVED, &rules::PATTERN_ADDED];
        comparison.report_unmatched(rules, (side, part), message);
    }
}
