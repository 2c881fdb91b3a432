//! Turns the found changes into the changes of the report: judges each, and merges equal
//! ones.

use std::collections::HashMap;

use super::both::Both;
use super::change::{Change, Wire};
use super::compatibility::{Class, Direction, Effect};
use super::document::NodeId;
use super::rules::{Basis, Rule};
use super::session::{FoundChange, Session};

type MergeKey = (&'static str, Both<NodeId>, String);

/// Merges equal changes of several operations into one, and sorts them.
pub fn collect(mut session: Session<'_>) -> Wire {
    let mut merged: Vec<FoundChange> = Vec::new();
    let mut known: HashMap<MergeKey, usize> = HashMap::new();
    let outside = std::mem::take(&mut session.found);
    for found in outside.into_iter().chain(in_schemas(&session)) {
        let key = (found.rule.name, found.at, found.message.clone());
        match known.get(&key).and_then(|index| merged.get_mut(*index)) {
            Some(equal) => {
                equal.reach.merge(&found.reach);
            }
            None => {
                known.insert(key, merged.len());
                merged.push(found);
            }
        }
    }
    let mut changes: Vec<Change> = merged.iter().map(|found| change(&session, found)).collect();
    changes.sort_by(|one, other| {
        let by_class = other.class.cmp(&one.class);
        by_class.then_with(|| texts(one).cmp(&texts(other)))
    });
    Wire {
        verdict: changes.iter().map(|change| change.class).max(),
        changes,
    }
}

/// Returns the texts by which changes of one class are sorted.
fn texts(change: &Change) -> [&str; 3] {
    [&change.new, &change.id, &change.message]
}

/// Returns the changes of schemas that an operation reaches.
fn in_schemas(session: &Session<'_>) -> Vec<FoundChange> {
    let mut found = Vec::new();
    for (_, pair) in session.pairs.iter() {
        if pair.reach.is_empty() {
            continue;
        }
        found.extend(pair.changes.iter().map(|change| FoundChange {
            rule: change.rule,
            at: change.at,
            message: change.message.clone(),
            reach: pair.reach.filtered(change.filter),
        }));
    }
    found
}

fn change(session: &Session<'_>, found: &FoundChange) -> Change {
    let included = found.reach.directions();
    let is_excluded = included.is_empty() && matches!(found.rule.basis, Basis::Message { .. });
    let directions = match included.is_empty() {
        true => found.reach.excluded_directions(),
        false => included,
    };
    let (direction, class) = match directions.first() {
        // No message contains the part.
        Some(first) if is_excluded => (*first, Class::Compatible),
        _ => judged(found.rule, &directions),
    };
    let remark = match directions.first() {
        Some(Direction::Request) if is_excluded => " (read-only: no request carries it)",
        Some(Direction::Response) if is_excluded => " (write-only: no response carries it)",
        _ => remark(found.rule, &directions, direction),
    };
    let id = found.rule.id(direction);
    let old_pointer = session.old.stable_pointer(found.at.old);
    let new_pointer = session.new.stable_pointer(found.at.new);
    let operations = found.reach.operations();
    let names = operations
        .iter()
        .filter_map(|number| session.operations.get(number));
    Change {
        fingerprint: fingerprint(&[&id, &old_pointer, &new_pointer, &found.message]),
        id,
        class,
        direction: match directions.as_slice() {
            [one] => one.word(),
            _ => "both",
        },
        operations: names.cloned().collect(),
        old: session.old.pointer(found.at.old),
        new: session.new.pointer(found.at.new),
        message: format!("{}{remark}", found.message),
    }
}

/// Returns the direction in which the class is worst, and the class. If the class is equal
/// in all directions, returns the first direction.
fn judged(rule: &Rule, directions: &[Direction]) -> (Direction, Class) {
    let first = directions.first().copied().unwrap_or(Direction::Request);
    let judged = directions.iter().map(|one| (*one, rule.judge(*one)));
    judged.fold((first, rule.judge(first)), |worst, one| {
        if one.1 > worst.1 { one } else { worst }
    })
}

/// Returns a remark that explains the class where it isn't obvious.
fn remark(rule: &Rule, directions: &[Direction], direction: Direction) -> &'static str {
    if rule.effect(direction) == Some(Effect::Unknown) {
        return " (unknown: taken as breaking)";
    }
    let [request, response] = Direction::BOTH.map(|one| rule.judge(one));
    match (directions, request, response) {
        ([_, _], Class::Breaking, Class::Compatible) => {
            " (breaking in requests, compatible in responses)"
        }
        ([_, _], Class::Compatible, Class::Breaking) => {
            " (breaking in responses, compatible in requests)"
        }
        _ => "",
    }
}

/// Hashes texts by FNV-1a, which gives the same result in every release and on every
/// machine. The standard hasher doesn't promise that.
fn fingerprint(parts: &[&str]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
