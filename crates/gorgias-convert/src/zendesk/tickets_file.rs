//! Reads the file with the tickets.

use std::path::Path;

use super::people;
use super::records::{for_each, value};
use crate::error::Error;
use crate::input::{Json, Names};
use crate::observer::Reporter;
use crate::store::Store;
use crate::time::TimeFormat;
use crate::value_counts::ValueCounts;

/// The names of lists in a page. The tickets of a search are called results.
const SECTIONS: &[&str] = &["tickets", "results", "users", "organizations", "groups"];

/// The names for converting the tickets of the file. The people and groups in its pages
/// were read before.
pub(crate) const TICKETS: Names = Names {
    sections: SECTIONS,
    passed_over: people::SECTIONS,
    members: &[],
};

/// The members that distinguish the versions of a ticket, and with `ticket` the member
/// that may contain the ticket.
const VERSION: [&str; 3] = ["id", "updated_at", "generated_timestamp"];
const MEMBERS: &[&str] = &["id", "updated_at", "generated_timestamp", "ticket"];

/// Goes through the tickets once before they are converted. This is needed because the
/// incremental API returns a ticket again whenever it changed, and because the users of a
/// page come after its tickets.
pub(crate) fn index_tickets(
    path: &Path,
    reporter: &mut Reporter<'_>,
    store: &mut Store,
    counts: &mut ValueCounts,
) -> Result<(), Error> {
    let mut position = 0_i64;
    let names = Names {
        sections: SECTIONS,
        members: MEMBERS,
        ..Names::default()
    };
    for_each(path, names, reporter, |item| {
        let Some(section) = item.section.filter(|name| people::SECTIONS.contains(name)) else {
            position = position.saturating_add(i64::from(item.content.is_ok()));
            if let Some((id, at)) = version(&item.members) {
                store.put_version(&id, at, position)?;
            }
            return Ok(Ok(()));
        };
        let mut mended = String::new();
        Ok(match value(&item, &mut mended) {
            Ok(value) => match people::index(section, value, store, counts)? {
                true => Ok(()),
                false => Err(format!("one of the {section} has no id")),
            },
            Err(problem) => Err(problem),
        })
    })
}

/// The id of a ticket, and when it was changed last. Problems are reported later, when the
/// ticket is converted.
fn version(members: &[(&str, &[u8])]) -> Option<(String, i64)> {
    let member = |wanted: &str| {
        let (_, text) = members.iter().find(|(name, _)| *name == wanted)?;
        serde_json::from_slice::<Json<'_>>(text).ok()
    };
    let [id, updated, generated] = match member("id") {
        Some(_) => VERSION.map(member),
        None => match member("ticket")? {
            Json::Object(inner) => VERSION.map(|wanted| {
                let member = inner.iter().find(|(name, _)| name == wanted);
                member.map(|(_, value)| value.clone())
            }),
            _ => return None,
        },
    };
    let id = match id? {
        Json::Text(id) => id.into_owned(),
        Json::Number(id) => id.to_string(),
        _ => return None,
    };
    let times = TimeFormat::default();
    let at = updated.and_then(|at| times.read(&at));
    let at = at.or_else(|| times.read(&generated?));
    Some((id, at.map_or(i64::MIN, |at| at.timestamp_micros())))
}
