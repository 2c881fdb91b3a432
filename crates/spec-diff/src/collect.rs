//! Turns the changes that were found into those that are reported.

use std::collections::HashMap;

use super::both::Both;
use super::change::{Change, Directions, Wire, WireVerdict};
use super::document::NodeId;
use super::law::{Class, Direction, Effect};
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
            Some(same) => {
                same.reach.merge(&found.reach);
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
    let worst = changes.iter().map(|change| change.class).max();
    Wire {
        verdict: worst.map_or(WireVerdict::None, WireVerdict::Some),
        changes,
    }
}

fn texts(change: &Change) -> [&str; 3] {
    [&change.new, &change.id, &change.message]
}

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
            reach: pair.reach.through(change.via),
        }));
    }
    found
}

fn change(session: &Session<'_>, found: &FoundChange) -> Change {
    let live = found.reach.directions();
    let void = found.reach.void_directions();
    let ways = if live.is_empty() { &void } else { &live };
    let (way, class) = judged(found.rule, &live, ways);
    let id = found.rule.id(way);
    let old = session.old.pointer(found.at.old);
    let new = session.new.pointer(found.at.new);
    let message = format!("{}{}", found.message, remark(found.rule, &live, ways, way));
    let operations = found.reach.operations();
    let names = operations
        .iter()
        .filter_map(|number| session.operations.get(number));
    let places = (
        session.old.location(found.at.old),
        session.new.location(found.at.new),
    );
    Change {
        fingerprint: fingerprint(&[&id, &places.0, &places.1, &found.message]),
        id,
        class,
        direction: match ways.as_slice() {
            [one] => Directions::One(*one),
            _ => Directions::Both,
        },
        operations: names.cloned().collect(),
        old,
        new,
        message,
    }
}

/// Returns the deciding direction and the verdict. A change of a part that no
/// message carries is compatible.
fn judged(rule: &Rule, live: &[Direction], ways: &[Direction]) -> (Direction, Class) {
    let first = ways.first().copied().unwrap_or(Direction::Request);
    let is_message = matches!(rule.basis, Basis::Message { .. });
    if is_message && live.is_empty() && !ways.is_empty() {
        return (first, Class::Compatible);
    }
    let judged = ways.iter().map(|way| (*way, rule.judge(*way)));
    // `max_by_key` would return the last of equal elements, and the first has
    // to decide.
    judged.fold((first, rule.judge(first)), |worst, one| {
        if one.1 > worst.1 { one } else { worst }
    })
}

/// Returns a remark that explains the class where it isn't obvious.
fn remark(rule: &Rule, live: &[Direction], ways: &[Direction], way: Direction) -> &'static str {
    let is_message = matches!(rule.basis, Basis::Message { .. });
    if is_message && live.is_empty() && !ways.is_empty() {
        return match way {
            Direction::Request => " (read-only: no request carries it)",
            Direction::Response => " (write-only: no response carries it)",
        };
    }
    if rule.effect(way) == Some(Effect::Unknown) {
        return " (unknown: taken as breaking)";
    }
    match (
        ways,
        rule.judge(Direction::Request),
        rule.judge(Direction::Response),
    ) {
        ([_, _], Class::Breaking, Class::Compatible) => {
            " (breaking in requests, compatible in responses)"
        }
        ([_, _], Class::Compatible, Class::Breaking) => {
            " (breaking in responses, compatible in requests)"
        }
        _ => "",
    }
}

/// Hashes by FNV-1a, which is the same in every release and on every machine.
/// The standard hasher doesn't promise that.
fn fingerprint(parts: &[&str]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
