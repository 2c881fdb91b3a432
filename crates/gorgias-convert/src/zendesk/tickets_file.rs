//! The file with the tickets.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::people::index;
use crate::error::Error;
use crate::input::{Counted, Splitter, open, parse};
use crate::met::Met;
use crate::observer::Observer;
use crate::store::Store;
use crate::time::TimeFormat;
use crate::{Notice, NoticeKind};

const SECTIONS: &[&str] = &["tickets", "users", "organizations", "groups"];

/// What is read of a ticket to tell its versions apart.
#[derive(Deserialize)]
struct Probe {
    id: Option<Value>,
    updated_at: Option<Value>,
    generated_timestamp: Option<Value>,
    ticket: Option<Box<Probe>>,
}

/// Goes through the tickets once before they are converted: the incremental
/// API gives a ticket again whenever it changed, and pages have the users of
/// their tickets after them.
pub(crate) fn index_tickets(
    path: &Path,
    observer: &dyn Observer,
    store: &mut Store,
    met: &mut Met,
) -> Result<u64, Error> {
    let mut position = 0_i64;
    let mut unreadable = 0_u64;
    let mut splitter = Splitter::new(open(path, observer)?, SECTIONS);
    while let Some(item) = splitter.next().map_err(|error| Error::read(path, error))? {
        let is_ticket = is_ticket(item.section);
        let Ok(text) = item.content else { continue };
        if !is_ticket {
            let section = item.section.unwrap_or_default();
            let problem = match parse(text) {
                Ok((value, _)) => match index(section, value, store, met)? {
                    true => continue,
                    false => format!("one of the {section} has no id"),
                },
                Err(error) => error.to_string(),
            };
            unreadable = unreadable.saturating_add(1);
            let notice = Notice::new(NoticeKind::Unreadable, problem).line(item.line);
            observer.notice(&notice).map_err(Error::observer)?;
            continue;
        }
        position = position.saturating_add(1);
        // What can't be read is told when it is to be converted.
        let Ok(probe) = serde_json::from_slice::<Probe>(text) else {
            continue;
        };
        let probe = match probe.ticket {
            Some(inner) if probe.id.is_none() => *inner,
            _ => probe,
        };
        let id = match probe.id {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => continue,
        };
        let times = TimeFormat::default();
        let at = probe.updated_at.and_then(|at| times.read(&at));
        let at = at.or_else(|| times.read(&probe.generated_timestamp?));
        let at = at.map_or(i64::MIN, |at| at.timestamp_micros());
        store.put_version(&id, at, position)?;
    }
    Ok(unreadable)
}

fn is_ticket(section: Option<&str>) -> bool {
    matches!(section, None | Some("tickets"))
}

/// A ticket of the file, or why it can't be read.
pub(crate) struct Found {
    /// Counted from one.
    pub(crate) position: i64,
    pub(crate) line: u64,
    /// The ticket, and whether its text had to be mended.
    pub(crate) value: Result<(Value, bool), String>,
}

/// The tickets of a file, one after the other.
pub(crate) struct Tickets<'o> {
    splitter: Splitter<Counted<'o>>,
    position: i64,
}

impl<'o> Tickets<'o> {
    pub(crate) fn open(path: &Path, observer: &'o dyn Observer) -> Result<Self, Error> {
        Ok(Self {
            splitter: Splitter::new(open(path, observer)?, SECTIONS),
            position: 0,
        })
    }

    pub(crate) fn next(&mut self) -> std::io::Result<Option<Found>> {
        while let Some(item) = self.splitter.next()? {
            let line = item.line;
            let value = match item.content {
                Err(problem) => Err(problem.to_owned()),
                Ok(_) if !is_ticket(item.section) => continue,
                Ok(text) => {
                    self.position = self.position.saturating_add(1);
                    parse(text).map_err(|error| error.to_string())
                }
            };
            return Ok(Some(Found {
                position: self.position,
                line,
                value,
            }));
        }
        Ok(None)
    }
}
