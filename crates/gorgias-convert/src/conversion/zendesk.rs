//! Converting an export of Zendesk.

use super::Conversion;
use super::run::Run;
use crate::error::Error;
use crate::zendesk::{
    Found, Read, Reader, Tickets, id, index_comments, index_people, index_tickets,
};
use crate::{Notice, NoticeKind};

impl Conversion {
    pub(super) fn zendesk_tickets(&self, run: &mut Run<'_>) -> Result<(), Error> {
        for (paths, kind) in [
            (&self.users, "users"),
            (&self.organizations, "organizations"),
        ] {
            for path in paths {
                let met = &mut run.renderer.met;
                let unreadable = index_people(path, kind, run.observer, &mut run.store, met)?;
                run.was_told(NoticeKind::Unreadable, unreadable);
            }
        }
        for path in &self.comments {
            let unreadable = index_comments(path, run.observer, &mut run.store)?;
            run.was_told(NoticeKind::Unreadable, unreadable);
        }
        let met = &mut run.renderer.met;
        let unreadable = index_tickets(&self.input, run.observer, &mut run.store, met)?;
        run.was_told(NoticeKind::Unreadable, unreadable);
        let mut tickets = Tickets::open(&self.input, run.observer)?;
        while let Some(found) = tickets
            .next()
            .map_err(|error| Error::read(&self.input, error))?
        {
            run.count();
            convert(run, found)?;
        }
        orphans(run)
    }
}

fn convert(run: &mut Run<'_>, found: Found<'_>) -> Result<(), Error> {
    let line = found.line;
    let (value, mended) = match found.value {
        Ok(value) => value,
        Err(problem) => {
            return run.tell(&Notice::new(NoticeKind::Unreadable, problem).line(line));
        }
    };
    if run.store.is_superseded(found.position)? {
        let detail = "a later version of the ticket is in the input";
        let mut notice = Notice::new(NoticeKind::Superseded, detail).line(line);
        notice.external_id = id(value).and_then(|id| run.external_id(&id));
        return run.tell(&notice);
    }
    let mut reader = Reader {
        store: &mut run.store,
        met: &mut run.renderer.met,
        map: &run.renderer.map,
    };
    match reader.read(value, line)? {
        Read::Unreadable(problem) => {
            run.tell(&Notice::new(NoticeKind::Unreadable, problem).line(line))
        }
        Read::Deleted { id } => {
            let mut notice = Notice::new(NoticeKind::Deleted, "was deleted in the source");
            notice.external_id = run.external_id(&id);
            run.tell(&notice.line(line))
        }
        Read::Conversation(conversation, mut notices) => {
            if mended {
                let detail = "text that is not UTF-8, or halves of characters, was replaced";
                notices.push(Notice::new(NoticeKind::Mended, detail));
            }
            run.convert(*conversation, notices)
        }
    }
}

/// Tells of comments whose ticket isn't in the input.
fn orphans(run: &mut Run<'_>) -> Result<(), Error> {
    let mut after = String::new();
    while let Some((owner, count)) = run.store.untaken_after(&after)? {
        let detail = "comments of a ticket that is not in the input";
        let mut notice = Notice::new(NoticeKind::Orphan, detail).line(owner.line);
        notice.external_id = run.external_id(&owner.id);
        notice.count = Some(count);
        run.tell(&notice)?;
        after = owner.id;
    }
    Ok(())
}
