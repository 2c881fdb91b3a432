//! Comments in a file of their own.
//!
//! They are put away on disk for their tickets, so that they may be in any
//! order and none of them is held in memory. Such a file has comments with a
//! `ticket_id`; objects or pages with a `ticket_id` and `comments`; ticket
//! events of the incremental API with `comment_events`; or audits of a ticket.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::members::Members;
use crate::error::Error;
use crate::input::{Item, Json, Splitter, open, parse};
use crate::observer::Observer;
use crate::store::Store;
use crate::{Notice, NoticeKind};

const SECTIONS: &[&str] = &["comments", "ticket_events", "audits"];

/// What is read of most comments before their ticket is.
#[derive(Deserialize)]
struct Probe {
    ticket_id: Option<Value>,
    #[serde(default, deserialize_with = "is_there")]
    comments: bool,
    #[serde(default, deserialize_with = "is_there")]
    child_events: bool,
    #[serde(default, deserialize_with = "is_there")]
    events: bool,
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
        && !probe.events
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
    let mut mended = String::new();
    let value = match parse(text, &mut mended) {
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
    for comment in comments {
        let text = Value::from(comment).to_string();
        store.put_part(&id, item.line, text.as_bytes())?;
    }
    Ok(Ok(()))
}

/// The comments among the events of a change. What is the same for all of them
/// is said once, with the change.
fn of_events<'t>(members: &mut Members<'t>) -> Vec<Json<'t>> {
    let mut events = members.list("child_events");
    events.extend(members.list("events"));
    let author = members.json("author_id");
    let at = members.json("created_at");
    let at = at.or_else(|| members.json("timestamp"));
    let via = members.json("via");
    let via = via.filter(|via| matches!(via, Json::Object(_)));
    let mut comments = Vec::new();
    for event in events {
        let Json::Object(mut event) = event else {
            continue;
        };
        let find = |event: &[(Cow<'_, str>, Json<'t>)], name: &str| {
            let found = event.iter().find(|(other, _)| other == name);
            found.map(|(_, value)| value.clone())
        };
        let kind = find(&event, "event_type").or_else(|| find(&event, "type"));
        let is_comment =
            |kind: &Json<'_>| kind.as_str().is_some_and(|kind| kind.ends_with("Comment"));
        if !kind.as_ref().is_some_and(is_comment) {
            continue;
        }
        if find(&event, "created_at").is_none()
            && let Some(at) = &at
        {
            event.push(("created_at".into(), at.clone()));
        }
        if find(&event, "author_id").is_none()
            && let Some(author) = &author
        {
            event.push(("author_id".into(), author.clone()));
        }
        if let (Some(via), false) = (&via, matches!(find(&event, "via"), Some(Json::Object(_)))) {
            event.retain(|(name, _)| name != "via");
            event.push(("via".into(), via.clone()));
        }
        comments.push(Json::Object(event));
    }
    comments
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
