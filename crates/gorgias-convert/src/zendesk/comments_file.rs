//! Comments in a file of their own.
//!
//! They are put away on disk for their tickets, so that they may be in any
//! order and none of them is held in memory. Such a file has comments with a
//! `ticket_id`; objects or pages with a `ticket_id` and `comments`; or ticket
//! events of the incremental API with `comment_events`.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::members::Members;
use crate::error::Error;
use crate::input::{Item, Splitter, open, parse};
use crate::observer::Observer;
use crate::store::Store;
use crate::{Notice, NoticeKind};

const SECTIONS: &[&str] = &["comments", "ticket_events"];

/// What is read of most comments before their ticket is.
#[derive(Deserialize)]
struct Probe {
    ticket_id: Option<Value>,
    #[serde(default, deserialize_with = "is_there")]
    comments: bool,
    #[serde(default, deserialize_with = "is_there")]
    child_events: bool,
}

fn is_there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(deserializer).map(|_| true)
}

pub(crate) fn index_comments(
    path: &Path,
    observer: &dyn Observer,
    store: &mut Store,
) -> Result<u64, Error> {
    let mut unreadable = 0_u64;
    let mut splitter = Splitter::new(open(path, observer)?, SECTIONS);
    while let Some(item) = splitter.next().map_err(|error| Error::read(path, error))? {
        let line = item.line;
        let Err(problem) = put_away(&item, store)? else {
            continue;
        };
        unreadable = unreadable.saturating_add(1);
        let detail = format!("in {}: {problem}", path.display());
        let notice = Notice::new(NoticeKind::Unreadable, detail).line(line);
        observer.notice(&notice).map_err(Error::observer)?;
    }
    Ok(unreadable)
}

fn put_away(item: &Item<'_>, store: &mut Store) -> Result<Result<(), String>, Error> {
    let text = match item.content {
        Ok(text) => text,
        Err(problem) => return Ok(Err(problem.to_owned())),
    };
    if let Ok(probe) = serde_json::from_slice::<Probe>(text)
        && !probe.comments
        && !probe.child_events
    {
        let id = probe
            .ticket_id
            .as_ref()
            .and_then(id)
            .or_else(|| of_page(item.head));
        let Some(id) = id else {
            return Ok(Err("has no ticket_id".to_owned()));
        };
        store.put_part(&id, item.line, text)?;
        return Ok(Ok(()));
    }
    let value = match parse(text) {
        Ok((value, _)) => value,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let Some(mut members) = Members::of(value) else {
        return Ok(Err("is no object".to_owned()));
    };
    let own = members.id("ticket_id").or_else(|| of_page(item.head));
    let Some(id) = own.or_else(|| members.id("id")) else {
        return Ok(Err("has no ticket_id".to_owned()));
    };
    let mut comments = members.list("comments");
    comments.extend(of_events(&mut members));
    for comment in &comments {
        let text = comment.to_string();
        store.put_part(&id, item.line, text.as_bytes())?;
    }
    Ok(Ok(()))
}

/// The comments among the events of a change. What is the same for all of them
/// is said once, with the change.
fn of_events(members: &mut Members) -> Vec<Value> {
    let events = members.list("child_events");
    let at = members
        .0
        .get("created_at")
        .or_else(|| members.0.get("timestamp"));
    let via = members.0.get("via").filter(|via| via.is_object());
    let comments = events.into_iter().filter(|event| {
        let kind = event.get("event_type").or_else(|| event.get("type"));
        let kind = kind.and_then(Value::as_str).unwrap_or_default();
        kind.ends_with("Comment")
    });
    comments
        .map(|mut event| {
            if let Value::Object(event) = &mut event {
                if let (Some(at), false) = (at, event.contains_key("created_at")) {
                    event.insert("created_at".to_owned(), at.clone());
                }
                let has_via = event.get("via").is_some_and(Value::is_object);
                if let (Some(via), false) = (via, has_via) {
                    event.insert("via".to_owned(), via.clone());
                }
            }
            event
        })
        .collect()
}

fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The ticket that a page says it is about.
fn of_page(head: &[u8]) -> Option<String> {
    let head = std::str::from_utf8(head).ok()?;
    let head = head.trim_end().trim_end_matches(',');
    let page: Value = serde_json::from_str(&format!("{head}}}")).ok()?;
    id(page.get("ticket_id")?)
}
