//! Reads the file with the tickets once before the conversion, for the versions of each
//! ticket and the people in it.

use std::path::Path;

use serde::Deserialize;

use super::members::id_of;
use super::people;
use super::records::for_each;
use crate::error::Error;
use crate::input::{Json, Names};
use crate::observer::Reporter;
use crate::store::Store;
use crate::time::TimeFormat;
use crate::value_counts::ValueCounts;

/// The names of lists in a page. The tickets of a search are called results.
const SECTIONS: &[&str] = &["tickets", "results", "users", "organizations", "groups"];

/// The names for converting the tickets of the file. People and groups in its pages are
/// skipped, because `index_tickets` has stored them.
pub(crate) const TICKETS: Names = Names {
    sections: SECTIONS,
    skipped: people::SECTIONS,
};

/// The members that distinguish the versions of a ticket. A wrapper has the ticket in its
/// member `ticket`.
#[derive(Deserialize)]
struct Version<'t> {
    #[serde(borrow)]
    id: Option<Json<'t>>,
    #[serde(borrow)]
    updated_at: Option<Json<'t>>,
    #[serde(borrow)]
    generated_timestamp: Option<Json<'t>>,
    #[serde(borrow)]
    ticket: Option<Box<Version<'t>>>,
}

/// Reads the file once before its tickets are converted, and stores the versions of the
/// tickets and the people in its pages. The incremental API returns a ticket again whenever
/// it changed, so the last version has to be known. In a page, the users are after the
/// tickets.
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
        people::index(section, &item, store, counts)
    })
}

/// The id of a ticket, and the time of its last change in microseconds since 1970.
/// `None` if the id can't be read; the conversion of the ticket then reports the
/// problem.
fn version(text: &[u8]) -> Option<(String, i64)> {
    let mut ticket: Version<'_> = serde_json::from_slice(text).ok()?;
    if ticket.id.is_none()
        && let Some(inner) = ticket.ticket.take()
    {
        ticket = *inner;
    }
    let times = TimeFormat::default();
    let at = ticket.updated_at.and_then(|at| times.read(&at));
    let at = at.or_else(|| times.read(&ticket.generated_timestamp?));
    let at = at.map_or(i64::MIN, |at| at.timestamp_micros());
    Some((id_of(&ticket.id?)?, at))
}
