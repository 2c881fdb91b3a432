//! Reads a file of comments.
//!
//! The comments are stored on disk for their tickets, so that the comments may be in
//! any order, and memory doesn't grow with the file. A file of comments contains:
//!
//! - comments with a `ticket_id`,
//! - objects or pages with a `ticket_id` and `comments`,
//! - ticket events of the incremental API with `comment_events`,
//! - or audits of a ticket.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::members::{Members, id_of};
use super::records::{for_each, parsed};
use crate::error::Error;
use crate::input::{Item, Json, Names};
use crate::observer::Reporter;
use crate::store::Store;

/// The names of the lists in a page that contain comments.
const NAMES: Names = Names {
    sections: &["comments", "ticket_events", "audits"],
    skipped: &[],
};

/// The members that distinguish a comment from an object with several comments.
#[derive(Deserialize)]
struct Kind<'t> {
    #[serde(borrow)]
    ticket_id: Option<Json<'t>>,
    comments: Option<IgnoredAny>,
    child_events: Option<IgnoredAny>,
    events: Option<IgnoredAny>,
}

/// Stores the comments of a file.
pub(crate) fn index_comments(
    path: &Path,
    reporter: &mut Reporter<'_>,
    store: &mut Store,
) -> Result<(), Error> {
    for_each(path, NAMES, reporter, |item| {
        let done = store_comments(&item, store)?;
        Ok(done.map_err(|problem| format!("in {}: {problem}", path.display())))
    })
}

fn store_comments(item: &Item<'_>, store: &mut Store) -> Result<Result<(), String>, Error> {
    let missing = || Ok(Err("has no ticket_id".to_owned()));
    if let Ok(text) = item.content
        && let Ok(Kind {
            ticket_id,
            comments: None,
            child_events: None,
            events: None,
        }) = serde_json::from_slice(text)
    {
        // A comment is parsed when its ticket is read.
        let own = ticket_id.and_then(|own| id_of(&own));
        let Some(id) = own.or_else(|| of_page(item.head)) else {
            return missing();
        };
        store.put_message(&id, item.line, text)?;
        return Ok(Ok(()));
    }
    let mut mended = String::new();
    let value = match parsed(item, &mut mended) {
        Ok((value, _)) => value,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(mut members) = Members::of(value) else {
        return Ok(Err("is no object".to_owned()));
    };
    let own = members.id("ticket_id").or_else(|| of_page(item.head));
    let Some(id) = own.or_else(|| members.id("id")) else {
        return missing();
    };
    let mut comments = members.list("comments");
    comments.extend(of_events(&mut members));
    for comment in comments {
        let text = Value::from(comment).to_string();
        store.put_message(&id, item.line, text.as_bytes())?;
    }
    Ok(Ok(()))
}

/// The comments among the events of a change. Members that all events have in common
/// are in the change, and are added to each comment that lacks them.
fn of_events<'t>(members: &mut Members<'t>) -> Vec<Json<'t>> {
    let mut events = members.list("child_events");
    events.extend(members.list("events"));
    let author = members.json("author_id");
    let at = members.json("created_at");
    let at = at.or_else(|| members.json("timestamp"));
    let via = members.json("via");
    let via = via.filter(|via| matches!(via, Json::Object(_)));
    let mut comments = Vec::new();
    for mut event in events.into_iter().filter_map(Members::of) {
        let name = match event.has("event_type") {
            true => "event_type",
            false => "type",
        };
        let kind = event.find(name).and_then(|kind| kind.as_str());
        if !kind.is_some_and(|kind| kind.ends_with("Comment")) {
            continue;
        }
        for (name, value) in [("created_at", &at), ("author_id", &author)] {
            if let (Some(value), false) = (value, event.has(name)) {
                event.add(name, value.clone());
            }
        }
        if let (Some(via), false) = (&via, matches!(event.find("via"), Some(Json::Object(_)))) {
            event.forget(&["via"]);
            event.add("via", via.clone());
        }
        comments.push(event.into());
    }
    comments
}

/// The id of the ticket to which a page belongs, from the text before the list.
fn of_page(head: &[u8]) -> Option<String> {
    let head = std::str::from_utf8(head).ok()?;
    let head = head.trim_end().trim_end_matches(',');
    let page = format!("{head}}}");
    Members::of(serde_json::from_str(&page).ok()?)?.id("ticket_id")
}
