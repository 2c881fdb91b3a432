//! Converts an export of Zendesk.

use super::Conversion;
use super::run::Run;
use crate::error::Error;
use crate::input::{Item, Splitter, open};
use crate::zendesk::{
    Read, TICKETS, TicketReader, id, index_comments, index_people, index_tickets, parsed,
};
use crate::{Notice, NoticeKind};

impl Conversion {
    pub(super) fn zendesk_tickets(&self, run: &mut Run<'_>) -> Result<(), Error> {
        let (reporter, store, counts) =
            (&mut run.reporter, &mut run.store, &mut run.renderer.counts);
        for (paths, kind) in [
            (&self.users, "users"),
            (&self.organizations, "organizations"),
        ] {
            for path in paths {
                index_people(path, kind, reporter, store, counts)?;
            }
        }
        for path in &self.comments {
            index_comments(path, reporter, store)?;
        }
        index_tickets(&self.input, reporter, store, counts)?;
        let mut tickets = Splitter::new(open(&self.input, reporter.observer)?, TICKETS);
        let failed = |error| Error::read(&self.input, error);
        let mut position = 0_i64;
        while let Some(item) = tickets.next().map_err(failed)? {
            // Positions must be counted as `index_tickets` counts them.
            position = position.saturating_add(i64::from(item.content.is_ok()));
            run.count();
            convert(run, &item, position)?;
        }
        report_orphans(run)
    }
}

fn convert(run: &mut Run<'_>, item: &Item<'_>, position: i64) -> Result<(), Error> {
    let line = item.line;
    let unreadable = |problem| Notice::new(NoticeKind::Unreadable, problem).line(line);
    let mut buffer = String::new();
    let (value, mended) = match parsed(item, &mut buffer) {
        Ok(parsed) => parsed,
        Err(problem) => return run.reporter.report(&unreadable(problem)),
    };
    if run.store.is_superseded(position)? {
        let detail = "a later version of the ticket is in the input";
        let mut notice = Notice::new(NoticeKind::Superseded, detail).line(line);
        notice.external_id = id(value).and_then(|id| run.external_id(&id));
        return run.reporter.report(&notice);
    }
    let mut reader = TicketReader {
        store: &mut run.store,
        counts: &mut run.renderer.counts,
        map: &run.renderer.map,
    };
    match reader.read(value, line)? {
        Read::Unreadable(problem) => run.reporter.report(&unreadable(problem.to_owned())),
        Read::Deleted { id } => {
            let mut notice = Notice::new(NoticeKind::Deleted, "was deleted in the source");
            notice.external_id = run.external_id(&id);
            run.reporter.report(&notice.line(line))
        }
        Read::Conversation(mut conversation) => {
            if mended {
                let detail = "text that is not UTF-8, or halves of characters, was replaced";
                let notice = Notice::new(NoticeKind::Mended, detail);
                conversation.notices.push(notice);
            }
            run.convert(*conversation)
        }
    }
}

/// Reports comments whose ticket isn't in the input.
fn report_orphans(run: &mut Run<'_>) -> Result<(), Error> {
    let mut after = String::new();
    while let Some((owner, count)) = run.store.untaken_after(&after)? {
        let detail = "comments of a ticket that is not in the input";
        let mut notice = Notice::new(NoticeKind::Orphan, detail).line(owner.line);
        notice.external_id = run.external_id(&owner.id);
        notice.count = Some(count);
        run.reporter.report(&notice)?;
        after = owner.id;
    }
    Ok(())
}
