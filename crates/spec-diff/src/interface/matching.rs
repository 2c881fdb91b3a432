//! Matches the operations of both documents.

use super::operations::{self, Operation};
use super::paths;
use crate::both::{Both, Side};
use crate::document::NodeId;
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const PATHS: [&Rule; 2] = [&rules::PATH_REMOVED, &rules::PATH_ADDED];
const OPERATIONS: [&Rule; 2] = [&rules::OPERATION_REMOVED, &rules::OPERATION_ADDED];

/// An operation in both documents.
#[derive(Debug)]
pub struct Match<'a> {
    /// The operation in each document.
    pub pair: Both<Operation<'a>>,
    /// The index of the operation in `Session::operations`.
    pub operation: usize,
    /// The path parameters that were renamed.
    pub names: Vec<Both<String>>,
}

/// Matches operations, and reports added, removed and moved ones.
pub fn matched<'a>(session: &mut Session<'a>) -> Vec<Match<'a>> {
    let mut operations = session.both(session.roots(), operations::all);
    let mut pairs = operations.pair_by(|one| Some((one.path, one.method)));
    pairs.extend(operations.pair_by(|one| Some((paths::shape(one.path).0, one.method))));
    pairs.extend(operations.pair_by(|one| one.id));
    // Other operations match if their texts are equal, and their paths or methods are equal.
    pairs.extend(operations.pair_unique(|old, new| {
        (new.path == old.path || new.method == old.method)
            && new.id.is_none() == old.id.is_none()
            && session.values(Both::new(old, new).map(node)).are_equal()
    }));
    pairs.sort_by_key(|pair| node(&pair.new));
    let matches: Vec<Match<'_>> = pairs
        .into_iter()
        .map(|pair| Match {
            names: paths::renamed(pair.old.path, pair.new.path),
            operation: number(session, &pair.new),
            pair,
        })
        .collect();
    for found in &matches {
        let pair = found.pair.as_ref();
        session.counterparts.extend([
            pair.map(|one| one.entry),
            pair.map(|one| one.nodes.path),
            pair.map(node),
        ]);
        report_move(session, found);
    }
    operations.new.sort_by_key(node);
    for (side, operation) in operations.into_items() {
        report_unmatched(session, side, &operation);
    }
    matches
}

fn node(operation: &Operation<'_>) -> NodeId {
    operation.nodes.operation
}

/// Adds an operation to `Session::operations`, and returns its index.
fn number(session: &mut Session<'_>, operation: &Operation<'_>) -> usize {
    session.operations.push(operation.name());
    session.operations.len().saturating_sub(1)
}

fn report_move(session: &mut Session<'_>, found: &Match<'_>) {
    let pair = found.pair.as_ref();
    let reach = Reach::everything(found.operation);
    if pair.old.path != pair.new.path {
        let rule = match found.names.is_empty() {
            true => &rules::PATH_RENAMED,
            false => &rules::PATH_PARAMETER_RENAMED,
        };
        let message = format!("{} became {}", pair.old.path, pair.new.path);
        session.note(rule, pair.map(|one| one.entry), message, &reach);
    }
    if pair.old.method != pair.new.method {
        let message = format!("{} became {}", pair.old.address(), pair.new.address());
        session.note(&rules::METHOD_CHANGED, pair.map(node), message, &reach);
    }
}

/// Reports a removed or added operation. If all operations of a path were removed or added,
/// the path is reported instead.
fn report_unmatched(session: &mut Session<'_>, side: Side, operation: &Operation<'_>) {
    let reach = Reach::everything(number(session, operation));
    let paths = session.holder(side, session.roots(), "paths");
    let path = session.document(side.other()).child(paths, operation.path);
    let mut counterparts = session.counterparts.iter();
    let is_whole = path.is_none() && counterparts.all(|pair| pair.get(side) != operation.entry);
    if is_whole {
        let own = (side, operation.entry);
        session.note_unmatched(PATHS, own, paths, operation.path, &reach);
    } else {
        let (own, name) = ((side, node(operation)), operation.address());
        session.note_unmatched(OPERATIONS, own, path.unwrap_or(paths), &name, &reach);
    }
}
