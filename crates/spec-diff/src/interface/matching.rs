//! Matches the operations of both documents.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::operations::{self, Operation};
use super::paths;
use crate::document::NodeId;
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

/// An operation in both documents.
#[derive(Debug)]
pub struct Match<'a> {
    /// The operation in the old document.
    pub old: Operation<'a>,
    /// The operation in the new document.
    pub new: Operation<'a>,
    /// Its number.
    pub operation: usize,
    /// Renamed path parameters: the old name and the new one.
    pub names: Vec<(String, String)>,
}

/// Operations by the change that they share: index of the rule, old node, new
/// node, message.
type Groups = BTreeMap<(usize, NodeId, NodeId, String), Vec<usize>>;

/// Matches operations, and reports those that were added, removed or moved.
pub fn matched<'a>(session: &mut Session<'a>) -> Vec<Match<'a>> {
    let mut left = operations::all(&mut session.old);
    let mut right = operations::all(&mut session.new);
    let mut matches = Vec::new();
    pair_up(&mut left, &mut right, &mut matches, |operation| {
        Some((operation.path.to_owned(), operation.method))
    });
    pair_up(&mut left, &mut right, &mut matches, |operation| {
        Some((paths::shape(operation.path).0, operation.method))
    });
    pair_up(&mut left, &mut right, &mut matches, |operation| {
        operation.id.map(|id| (id.to_owned(), ""))
    });
    pair_up_same_text(session, &mut left, &mut right, &mut matches);
    number(session, &mut matches);
    report_moves(session, &matches);
    report_removed(session, left);
    report_added(session, right);
    matches
}

type MatchKey = Option<(String, &'static str)>;

fn pair_up<'a>(
    left: &mut Vec<Operation<'a>>,
    right: &mut Vec<Operation<'a>>,
    matches: &mut Vec<Match<'a>>,
    key: impl Fn(&Operation<'a>) -> MatchKey,
) {
    let mut by_key: HashMap<_, Vec<Operation<'a>>> = HashMap::new();
    let mut keyless = Vec::new();
    for operation in std::mem::take(right) {
        match key(&operation) {
            Some(key) => by_key.entry(key).or_default().push(operation),
            None => keyless.push(operation),
        }
    }
    left.retain(|old| {
        let found = key(old).and_then(|key| by_key.get_mut(&key));
        let Some(new) = found.and_then(|same| (!same.is_empty()).then(|| same.remove(0))) else {
            return true;
        };
        matches.push(Match {
            names: paths::renamed(old.path, new.path),
            old: old.clone(),
            new,
            operation: 0,
        });
        false
    });
    right.extend(by_key.into_values().flatten());
    right.extend(keyless);
    right.sort_unstable_by_key(|operation| operation.node);
}

/// Matches operations with equal texts that have the same path or the same
/// method.
fn pair_up_same_text<'a>(
    session: &Session<'a>,
    left: &mut Vec<Operation<'a>>,
    right: &mut Vec<Operation<'a>>,
    matches: &mut Vec<Match<'a>>,
) {
    left.retain(|old| {
        let text = session.old.value(old.node);
        let is_same = |new: &Operation<'_>| {
            (new.path == old.path || new.method == old.method)
                && new.id.is_none() == old.id.is_none()
                && session.new.value(new.node) == text
        };
        let mut candidates = right.iter().enumerate().filter(|(_, new)| is_same(new));
        let (Some((index, _)), None) = (candidates.next(), candidates.next()) else {
            return true;
        };
        let new = right.remove(index);
        matches.push(Match {
            names: paths::renamed(old.path, new.path),
            old: old.clone(),
            new,
            operation: 0,
        });
        false
    });
}

fn number(session: &mut Session<'_>, matches: &mut [Match<'_>]) {
    matches.sort_unstable_by_key(|found| found.new.node);
    for found in matches {
        found.operation = session.operations.len();
        session.operations.push(found.new.name());
        let (old, new) = (&found.old, &found.new);
        session.counterparts.push((old.entry, new.entry));
        session.counterparts.push((old.path_item, new.path_item));
        session.counterparts.push((old.node, new.node));
    }
}

fn report_moves(session: &mut Session<'_>, matches: &[Match<'_>]) {
    let kinds: [&'static Rule; 3] = [
        &rules::PATH_PARAMETER_RENAMED,
        &rules::PATH_RENAMED,
        &rules::METHOD_CHANGED,
    ];
    let mut groups = Groups::new();
    for found in matches {
        let (old, new) = (&found.old, &found.new);
        if old.path != new.path {
            let kind = usize::from(found.names.is_empty());
            let message = format!("{} became {}", old.path, new.path);
            let key = (kind, old.entry, new.entry, message);
            groups.entry(key).or_default().push(found.operation);
        }
        if old.method != new.method {
            let message = format!("{} became {}", old.address(), new.address());
            let key = (2, old.node, new.node, message);
            groups.entry(key).or_default().push(found.operation);
        }
    }
    report_groups(session, groups, kinds);
}

/// Reports removed operations. A path that lost all operations is one change.
fn report_removed(session: &mut Session<'_>, left: Vec<Operation<'_>>) {
    let kinds = [
        &rules::PATH_REMOVED,
        &rules::OPERATION_REMOVED,
        &rules::OPERATION_REMOVED,
    ];
    let mut groups = Groups::new();
    for operation in left {
        let number = session.operations.len();
        session.operations.push(operation.name());
        let paths = session.new.child(session.new.root(), "paths");
        let paths = paths.unwrap_or(session.new.root());
        let rest = session.new.child(paths, operation.path);
        let key = match rest {
            Some(path) => (
                1,
                operation.node,
                path,
                format!("{} was removed", operation.address()),
            ),
            None if is_gone(session, &operation) => (
                0,
                operation.entry,
                paths,
                format!("{} was removed", operation.path),
            ),
            None => (
                1,
                operation.node,
                paths,
                format!("{} was removed", operation.address()),
            ),
        };
        groups.entry(key).or_default().push(number);
    }
    report_groups(session, groups, kinds);
}

fn report_added(session: &mut Session<'_>, right: Vec<Operation<'_>>) {
    let kinds = [
        &rules::PATH_ADDED,
        &rules::OPERATION_ADDED,
        &rules::OPERATION_ADDED,
    ];
    let mut groups = Groups::new();
    for operation in right {
        let number = session.operations.len();
        session.operations.push(operation.name());
        let paths = session.old.child(session.old.root(), "paths");
        let paths = paths.unwrap_or(session.old.root());
        let before = session.old.child(paths, operation.path);
        let key = match before {
            Some(path) => (
                1,
                path,
                operation.node,
                format!("{} was added", operation.address()),
            ),
            None if is_new(session, &operation) => (
                0,
                paths,
                operation.entry,
                format!("{} was added", operation.path),
            ),
            None => (
                1,
                paths,
                operation.node,
                format!("{} was added", operation.address()),
            ),
        };
        groups.entry(key).or_default().push(number);
    }
    report_groups(session, groups, kinds);
}

/// Whether no operation of the path was matched.
fn is_gone(session: &Session<'_>, operation: &Operation<'_>) -> bool {
    session
        .counterparts
        .iter()
        .all(|(old, _)| *old != operation.entry)
}

fn is_new(session: &Session<'_>, operation: &Operation<'_>) -> bool {
    session
        .counterparts
        .iter()
        .all(|(_, new)| *new != operation.entry)
}

fn report_groups(session: &mut Session<'_>, groups: Groups, kinds: [&'static Rule; 3]) {
    for ((kind, old, new, message), operations) in groups {
        let Some(rule) = kinds.get(kind) else {
            continue;
        };
        let mut reach = Reach::default();
        for operation in operations {
            reach.merge(&Reach::everything(operation));
        }
        session.note(rule, old, new, message, reach);
    }
}

/// Whether the value under a key is true.
pub fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}
