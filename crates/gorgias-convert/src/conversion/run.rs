//! One run of a conversion: what was met so far, and where it goes.

use std::io::Write;

use crate::conversation::Conversation;
use crate::error::Error;
use crate::map::Map;
use crate::met::{Fate, Met};
use crate::observer::Observer;
use crate::render::{Addresses, Renderer};
use crate::store::Store;
use crate::summary::Summary;
use crate::{Notice, NoticeKind};

pub(super) struct Run<'r> {
    pub(super) renderer: Renderer,
    pub(super) store: Store,
    pub(super) observer: &'r dyn Observer,
    summary: Summary,
    /// Nothing if only values are to be counted.
    output: Option<&'r mut dyn Write>,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        map: &Map,
        prefix: &str,
        addresses: Addresses,
        output: Option<&'r mut dyn Write>,
        observer: &'r dyn Observer,
    ) -> Result<Self, Error> {
        Ok(Self {
            renderer: Renderer {
                map: map.clone(),
                prefix: prefix.to_owned(),
                met: Met::default(),
                addresses,
            },
            store: Store::new()?,
            observer,
            summary: Summary::default(),
            output,
        })
    }

    /// A ticket was met in the input.
    pub(super) fn count(&mut self) {
        self.summary.tickets = self.summary.tickets.saturating_add(1);
    }

    pub(super) fn tell(&mut self, notice: &Notice) -> Result<(), Error> {
        let count = self.summary.notices.entry(notice.kind).or_default();
        *count = count.saturating_add(notice.count.unwrap_or(1));
        self.observer.notice(notice).map_err(Error::observer)
    }

    /// Something was told already.
    pub(super) fn was_told(&mut self, kind: NoticeKind, times: u64) {
        if times > 0 {
            let count = self.summary.notices.entry(kind).or_default();
            *count = count.saturating_add(times);
        }
    }

    pub(super) fn external_id(&self, id: &str) -> Option<String> {
        let id = gorgias::ExternalId::derive(&self.renderer.prefix, id).ok()?;
        Some(id.as_str().to_owned())
    }

    /// Converts a conversation. `notices` are what its reader has to say.
    pub(super) fn convert(
        &mut self,
        conversation: Conversation,
        notices: Vec<Notice>,
    ) -> Result<(), Error> {
        let external_id = self.external_id(&conversation.id);
        let line = conversation.line;
        let rendered = self.renderer.render(conversation);
        for mut notice in notices {
            notice.external_id.clone_from(&external_id);
            notice.line = notice.line.or((line > 0).then_some(line));
            self.tell(&notice)?;
        }
        for notice in &rendered.notices {
            self.tell(notice)?;
        }
        for url in std::mem::take(&mut self.renderer.addresses.met) {
            if self.store.put_url(&url)? {
                self.observer.address(&url).map_err(Error::observer)?;
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

    /// Tells what was counted, and flushes the output.
    pub(super) fn finish(mut self) -> Result<Summary, Error> {
        let mut told = Vec::new();
        for (table, name, value) in self.renderer.met.all() {
            for (fate, kind, detail) in [
                (
                    Fate::Unmapped,
                    NoticeKind::Unmapped,
                    "the map doesn't say what it becomes",
                ),
                (Fate::Dropped, NoticeKind::Dropped, "the map leaves it out"),
                (
                    Fate::NotCarried,
                    NoticeKind::NotCarried,
                    "has no place in a ticket",
                ),
            ] {
                let count = value.of(fate);
                if count > 0 {
                    let mut notice = Notice::new(kind, detail);
                    notice.table = Some(table.name());
                    notice.value = Some(name.to_owned());
                    notice.count = Some(count);
                    notice.external_id = (!value.first.is_empty()).then(|| value.first.clone());
                    told.push(notice);
                }
            }
        }
        for notice in &told {
            self.tell(notice)?;
        }
        if let Some(output) = &mut self.output {
            output.flush().map_err(Error::output)?;
        }
        self.summary.files = self.renderer.addresses.at_file;
        self.summary.at_source = self.renderer.addresses.at_source;
        Ok(self.summary)
    }
}
