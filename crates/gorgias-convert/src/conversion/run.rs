//! The state of one conversion: the counts so far, and the output for the lines.

use std::io::Write;

use crate::conversation::Conversation;
use crate::error::Error;
use crate::observer::Reporter;
use crate::render::{Renderer, external_id};
use crate::store::Store;
use crate::summary::Summary;
use crate::value_counts::Handling;
use crate::{Notice, NoticeKind};

pub(super) struct Run<'r> {
    pub(super) renderer: Renderer,
    pub(super) store: Store,
    pub(super) reporter: Reporter<'r>,
    pub(super) summary: Summary,
    /// `None` if only values are counted, for a template.
    pub(super) output: Option<&'r mut dyn Write>,
}

impl Run<'_> {
    /// Counts a ticket of the input.
    pub(super) fn count(&mut self) {
        self.summary.tickets = self.summary.tickets.saturating_add(1);
    }

    pub(super) fn external_id(&self, id: &str) -> Option<String> {
        external_id(&self.renderer.prefix, id)
    }

    pub(super) fn convert(&mut self, conversation: Conversation) -> Result<(), Error> {
        let rendered = self.renderer.render(conversation);
        for notice in &rendered.notices {
            self.reporter.report(notice)?;
        }
        for url in std::mem::take(&mut self.renderer.addresses.found) {
            if self.store.put_url(&url)? {
                let reported = self.reporter.observer.address(&url);
                reported.map_err(Error::observer)?;
            }
        }
        let summary = &mut self.summary;
        for (total, more) in [
            (&mut summary.messages, rendered.messages),
            (&mut summary.notes, rendered.notes),
            (&mut summary.attachments, rendered.attachments),
        ] {
            *total = total.saturating_add(more);
        }
        if let Some(output) = &mut self.output {
            for mut line in rendered.lines {
                line.push(b'\n');
                output.write_all(&line).map_err(Error::output)?;
                summary.lines = summary.lines.saturating_add(1);
            }
        }
        Ok(())
    }

    /// Reports the values that were not converted, and flushes the output.
    pub(super) fn finish(mut self) -> Result<Summary, Error> {
        for (table, name, value) in self.renderer.counts.all() {
            for (handling, count) in &value.counts {
                let (kind, detail) = match handling {
                    Handling::Mapped => continue,
                    Handling::Unmapped => (
                        NoticeKind::Unmapped,
                        "the map doesn't say what the value becomes",
                    ),
                    Handling::Dropped => (NoticeKind::Dropped, "the map leaves the value out"),
                    Handling::NotCarried => (NoticeKind::NotCarried, "has no place in a ticket"),
                };
                let mut notice = Notice::new(kind, detail);
                notice.table = Some(table.name());
                notice.value = Some(name.to_owned());
                notice.count = Some(*count);
                notice.external_id = (!value.first.is_empty()).then(|| value.first.clone());
                self.reporter.report(&notice)?;
            }
        }
        if let Some(output) = &mut self.output {
            output.flush().map_err(Error::output)?;
        }
        self.summary.notices = self.reporter.counts;
        self.summary.files = self.renderer.addresses.at_file;
        self.summary.at_source = self.renderer.addresses.at_source;
        Ok(self.summary)
    }
}
