//! Reads the file with the tickets once before the conversion, for the versions of each
//! ticket and the people in it.

use std::path::Path;

use serde::Deserialize;

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
    skipped: people::SECTIONS,
};

/// The members that distinguish the versions of a ticket, and the member that may
/// contain the ticket.
#[derive(Deserialize)]
struct Version<'t> {
    #[serde(borrow)]
    id: Option<Json<'t>>,
    #[serde(borrow)]
    updated_at: Option<Json<'t>>,
    #[serde(borrow)]
    generated_timestamp: Option<Json<'t>>,
    #[serde(borrow)]
    ticket: Option<Json<'t>>,
}

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
        ..Names::default()
    };
    for_each(path, names, reporter, |item| {
        let Some(section) = item.section.filter(|name| people::SECTIONS.contains(name)) else {
            position = position.saturating_add(i64::from(item.content.is_ok()));
            if let Some((id, at)) = item.content.ok().and_then(version) {
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
fn version(text: &[u8]) -> Option<(String, i64)> {
    let ticket: Version<'_> = serde_json::from_slice(text).ok()?;
    let (id, updated, generated) = match ticket.ticket {
        Some(Json::Object(inner)) if ticket.id.is_none() => {
            let member = |wanted| {
                let member = inner.iter().find(|(name, _)| name == wanted);
                member.map(|(_, value)| value.clone())
            };
            let updated = member("updated_at");
            (member("id"), updated, member("generated_timestamp"))
        }
        _ => (ticket.id, ticket.updated_at, ticket.generated_timestamp),
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
