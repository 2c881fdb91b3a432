//! Compares the media types of a body, and the schema of each.

use super::encoding;
use super::media_type::MediaType;
use crate::document::NodeId;
use crate::law::Direction;
use crate::rules;
use crate::session::Session;

type NamedMediaType = (String, MediaType, NodeId);

/// Compares the `content` of two bodies.
pub fn compare(session: &mut Session<'_>, old: NodeId, new: NodeId, way: (usize, Direction)) {
    bodies(session, old, new, way, true);
}

/// Compares the `content` of an error status with that of the range it belongs
/// to. Callers don't ask for errors by media type, so one shared media type is
/// enough.
pub fn compare_shared(
    session: &mut Session<'_>,
    old: NodeId,
    new: NodeId,
    way: (usize, Direction),
) {
    bodies(session, old, new, way, false);
}

fn bodies(
    session: &mut Session<'_>,
    old: NodeId,
    new: NodeId,
    way: (usize, Direction),
    all_count: bool,
) {
    let read = |entries: Vec<(&str, NodeId)>| -> Vec<NamedMediaType> {
        let read = |(name, node): (&str, _)| (name.to_owned(), MediaType::read(name), node);
        entries.into_iter().map(read).collect()
    };
    let mut left = read(session.old.entries_of(old, "content"));
    let mut right = read(session.new.entries_of(new, "content"));
    let (declared, declares) = (left.clone(), right.clone());
    let kept = left.len().min(right.len());
    for test in [is_same_name, is_same, is_related] {
        left.retain(|old| {
            let found = right.iter().position(|new| test(old, new));
            let Some(new) = found.map(|index| right.remove(index)) else {
                return true;
            };
            matched(session, old, &new, way);
            false
        });
    }
    if !all_count && left.len() < declared.len() {
        left.clear();
        right.clear();
    }
    if let ([from], [to], 1) = (left.as_slice(), right.as_slice(), kept) {
        let message = format!("{} became {}", from.0, to.0);
        session.message(&rules::MEDIA_TYPE_REPLACED, from.2, to.2, message, way);
        return;
    }
    for (name, media_type, node) in left {
        let holder = session.new.child(new, "content").unwrap_or(new);
        let message = format!("{name} was removed");
        session.message(&rules::MEDIA_TYPE_REMOVED, node, holder, message, way);
        // The range describes its messages now.
        if let Some(range) = including(&declares, &media_type) {
            session.schemas(node, range, media_type.form(), way);
        }
    }
    for (name, media_type, node) in right {
        let holder = session.old.child(old, "content").unwrap_or(old);
        let message = format!("{name} was added");
        session.message(&rules::MEDIA_TYPE_ADDED, holder, node, message, way);
        if let Some(range) = including(&declared, &media_type) {
            session.schemas(range, node, media_type.form(), way);
        }
    }
}

/// Finds the narrowest range that includes a media type.
fn including(entries: &[NamedMediaType], one: &MediaType) -> Option<NodeId> {
    let mut ranges = entries
        .iter()
        .filter(|(_, range, _)| range.includes(one) && range != one);
    let first = ranges.next()?;
    let narrowest = ranges.fold(first, |known, range| {
        if known.1.includes(&range.1) {
            range
        } else {
            known
        }
    });
    Some(narrowest.2)
}

fn is_same_name(old: &NamedMediaType, new: &NamedMediaType) -> bool {
    old.0 == new.0
}

fn is_same(old: &NamedMediaType, new: &NamedMediaType) -> bool {
    old.1 == new.1
}

fn is_related(old: &NamedMediaType, new: &NamedMediaType) -> bool {
    old.1.includes(&new.1) || new.1.includes(&old.1)
}

fn matched(
    session: &mut Session<'_>,
    old: &NamedMediaType,
    new: &NamedMediaType,
    way: (usize, Direction),
) {
    if old.0 != new.0 {
        let rule = if old.1 == new.1 {
            &rules::MEDIA_TYPE_RESPELLED
        } else if new.1.includes(&old.1) {
            &rules::MEDIA_TYPE_GENERALIZED
        } else {
            &rules::MEDIA_TYPE_SPECIALIZED
        };
        let message = format!("{} became {}", old.0, new.0);
        session.message(rule, old.2, new.2, message, way);
        session.counterparts.push((old.2, new.2));
    }
    session.schemas(old.2, new.2, new.1.form(), way);
    if new.1.is_form() {
        encoding::compare(session, old.2, new.2, way);
    }
}
