//! Compares limits, `multipleOf` and `uniqueItems`.

use super::comparison::Comparison;
use super::facts::Limit;
use super::implied::{is_distinct, keeps_limit, keeps_step};
use super::number::Num;
use super::types::Type;
use crate::document::NodeId;
use crate::reach::Via;
use crate::rules::{self, BOUNDS, BoundRules, Scope};

/// Compares the limits of numbers, lengths and counts.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    for (index, rules) in BOUNDS.iter().enumerate() {
        if applies(comparison, rules.keyword.scope) {
            let old = comparison.old.limits.get(index).copied().flatten();
            let new = comparison.new.limits.get(index).copied().flatten();
            limit(comparison, rules, index, (old, new));
        }
    }
    if applies(comparison, Scope::Numbers) {
        steps(comparison);
    }
    if applies(comparison, Scope::Arrays) {
        uniqueness(comparison);
    }
}

/// Whether limits of this scope apply to both shapes.
fn applies(comparison: &Comparison<'_, '_>, scope: Scope) -> bool {
    [&comparison.old, &comparison.new].iter().all(|shape| {
        let Some((kind, _)) = shape.kind else {
            return true;
        };
        match scope {
            Scope::Numbers => matches!(kind, Type::Integer | Type::Number),
            // In a text form a number may have become a string.
            Scope::Strings => {
                kind == Type::String
                    || comparison.new.kind.map(|(kind, _)| kind) == Some(Type::String)
            }
            Scope::Arrays => kind == Type::Array,
            Scope::Objects => kind == Type::Object,
        }
    })
}

fn limit(
    comparison: &mut Comparison<'_, '_>,
    rules: &'static BoundRules,
    index: usize,
    (old, new): (Option<Limit>, Option<Limit>),
) {
    let name = rules.keyword.name;
    let idle = |shape, limit| keeps_limit(shape, index, limit);
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            if idle(&comparison.old, new) {
                return;
            }
            let message = format!("`{name}` was set to {}", describe(new));
            comparison.report_gained(&rules.set, new.part, new.part, message, Via::PLAIN);
        }
        (Some(old), None) => {
            if idle(&comparison.new, old) {
                return;
            }
            let message = format!("`{name}` of {} was lifted", describe(old));
            comparison.report_lost(&rules.lifted, old.part, old.part, message, Via::PLAIN);
        }
        (Some(old), Some(new)) => {
            let upper = rules.keyword.upper;
            let spelled_alike = old.number == new.number && old.exclusive == new.exclusive;
            let whole = inclusive(comparison, old, upper);
            let means_the_same = whole.is_some() && whole == inclusive(comparison, new, upper);
            if spelled_alike || means_the_same {
                return;
            }
            // If the numbers are equal, an exclusive limit is tighter.
            let grew = if old.number == new.number {
                old.exclusive == upper
            } else {
                new.number > old.number
            };
            let is_idle = if grew == upper {
                idle(&comparison.new, old)
            } else {
                idle(&comparison.old, new)
            };
            if is_idle {
                return;
            }
            let (rule, word) = if grew {
                (&rules.increased, "increased")
            } else {
                (&rules.decreased, "decreased")
            };
            let (from, to) = (describe(old), describe(new));
            let message = format!("`{name}` {word} from {from} to {to}");
            comparison.report(rule, old.part, new.part, message);
        }
    }
}

/// Returns the limit as the outermost allowed integer, so that "below 5", "at
/// most 4" and "at most 4.5" are equal. `None` if the values aren't integers.
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
    comparison.new.kind.map(|(kind, _)| kind) == Some(Type::Integer)
}

fn describe(limit: Limit) -> String {
    let exclusive = if limit.exclusive { " (exclusive)" } else { "" };
    format!("{}{exclusive}", limit.number)
}

fn steps(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (&comparison.old.steps, &comparison.new.steps);
    // Every integer is a multiple of 1.
    let idle = is_whole(comparison).then_some(Num::Int(1));
    let without = |list: &[(Num, NodeId)], others: &[(Num, NodeId)]| -> Vec<(Num, NodeId)> {
        let is_own = |(step, _): &&(Num, NodeId)| {
            Some(*step) != idle && others.iter().all(|(other, _)| other != step)
        };
        list.iter().filter(is_own).copied().collect()
    };
    let (gone, came) = (without(old, new), without(new, old));
    if let ([(old, old_part)], [(new, new_part)]) = (gone.as_slice(), came.as_slice()) {
        let rule = if old.is_multiple_of(*new) {
            &rules::MULTIPLE_OF_GENERALIZED
        } else if new.is_multiple_of(*old) {
            &rules::MULTIPLE_OF_SPECIALIZED
        } else {
            &rules::MULTIPLE_OF_CHANGED
        };
        let message = format!("`multipleOf` changed from {old} to {new}");
        comparison.report(rule, *old_part, *new_part, message);
        return;
    }
    for (step, part) in gone {
        if keeps_step(&comparison.new, step) {
            continue;
        }
        let message = format!("`multipleOf` of {step} was lifted");
        comparison.report_lost(&rules::MULTIPLE_OF_LIFTED, part, part, message, Via::PLAIN);
    }
    for (step, part) in came {
        if keeps_step(&comparison.old, step) {
            continue;
        }
        let message = format!("`multipleOf` was set to {step}");
        comparison.report_gained(&rules::MULTIPLE_OF_SET, part, part, message, Via::PLAIN);
    }
}

fn uniqueness(comparison: &mut Comparison<'_, '_>) {
    match (comparison.old.unique, comparison.new.unique) {
        (None, Some(part)) if !is_distinct(&comparison.old) => {
            let message = "items must be unique now".to_owned();
            comparison.report_gained(&rules::UNIQUE_ITEMS_ADDED, part, part, message, Via::PLAIN);
        }
        (Some(part), None) if !is_distinct(&comparison.new) => {
            let message = "items may repeat now".to_owned();
            comparison.report_lost(
                &rules::UNIQUE_ITEMS_REMOVED,
                part,
                part,
                message,
                Via::PLAIN,
            );
        }
        _ => {}
    }
}
