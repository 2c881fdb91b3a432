//! Compares the media types of a body, and the schema of each.

use super::encoding;
use super::media_type::MediaType;
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const RULES: [&Rule; 2] = [&rules::MEDIA_TYPE_REMOVED, &rules::MEDIA_TYPE_ADDED];

/// One entry of `content`.
#[derive(Debug, Clone)]
struct Content<'a> {
    name: &'a str,
    media_type: MediaType,
    node: NodeId,
}

/// Compares the `content` of two bodies.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    bodies(session, at, reach, true);
}

/// Compares the `content` of an error status with the `content` of the range that includes
/// the status. Callers don't ask for errors by media type, so one shared media type is
/// enough.
pub fn compare_shared(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    bodies(session, at, reach, false);
}

/// Compares the `content` of two bodies. If not `each_counts`, a media type may be missing
/// as long as another one is in both bodies.
fn bodies(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach, each_counts: bool) {
    let mut contents = session.both(at, read);
    let all = contents.clone();
    let kept = contents.old.len().min(contents.new.len());
    for is_match in [is_same_name, is_same, is_related] {
        for pair in contents.pair_off(is_match) {
            matched(session, pair.as_ref(), reach);
        }
    }
    if !each_counts && contents.old.len() < all.old.len() {
        return;
    }
    if let Some(pair) = contents.sole()
        && kept == 1
    {
        let message = format!("{} became {}", pair.old.name, pair.new.name);
        let at = pair.map(|content| content.node);
        session.note(&rules::MEDIA_TYPE_REPLACED, at, message, reach);
        return;
    }
    for (side, content) in contents.into_items() {
        let holder = session.holder(side, at, "content");
        session.note_unmatched(RULES, (side, content.node), holder, content.name, reach);
        // If a media range of the other document includes the media type, the range
        // describes the messages of the media type there.
        let others = all.as_ref().get(side.other());
        if let Some(range) = including(others, &content.media_type) {
            let at = Both::of(side, content.node, range);
            session.schemas(at, content.media_type.syntax(), reach);
        }
    }
}

fn read<'a>(document: &mut Document<'a>, body: NodeId) -> Vec<Content<'a>> {
    let entries = document.entries_of(body, "content").into_iter();
    let contents = entries.map(|(name, node)| Content {
        name,
        media_type: MediaType::read(name),
        node,
    });
    contents.collect()
}

/// Finds the narrowest media range that includes a media type.
fn including(contents: &[Content<'_>], one: &MediaType) -> Option<NodeId> {
    let mut ranges = contents
        .iter()
        .filter(|range| range.media_type.includes(one) && range.media_type != *one);
    let first = ranges.next()?;
    let narrowest = ranges.fold(first, |known, range| {
        match known.media_type.includes(&range.media_type) {
            true => range,
            false => known,
        }
    });
    Some(narrowest.node)
}

fn is_same_name(old: &Content<'_>, new: &Content<'_>) -> bool {
    old.name == new.name
}

fn is_same(old: &Content<'_>, new: &Content<'_>) -> bool {
    old.media_type == new.media_type
}

fn is_related(old: &Content<'_>, new: &Content<'_>) -> bool {
    old.media_type.includes(&new.media_type) || new.media_type.includes(&old.media_type)
}

/// Compares two matching entries of `content`.
fn matched(session: &mut Session<'_>, pair: Both<&Content<'_>>, reach: &Reach) {
    let at = pair.map(|content| content.node);
    let types = pair.map(|content| &content.media_type);
    if pair.old.name != pair.new.name {
        let rule = if types.are_equal() {
            &rules::MEDIA_TYPE_RESPELLED
        } else if types.new.includes(types.old) {
            &rules::MEDIA_TYPE_GENERALIZED
        } else {
            &rules::MEDIA_TYPE_SPECIALIZED
        };
        let message = format!("{} became {}", pair.old.name, pair.new.name);
        session.note_replaced(rule, at, message, reach);
    }
    session.schemas(at, types.new.syntax(), reach);
    if types.new.is_form() {
        encoding::compare(session, at, reach);
    }
}
