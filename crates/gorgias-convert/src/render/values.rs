//! Statuses, priorities, channels and addresses.

use super::Look;
use super::notes::Notes;
use super::text;
use crate::NoticeKind;
use crate::conversation::Conversation;
use crate::defaults;
use crate::map::{Entries, Entry};
use crate::met::{Fate, Table};

/// What a value becomes, and who says so.
enum Found<T> {
    To(T),
    LeftOut,
    Nothing,
}

impl Look<'_> {
    fn find<T: Clone>(
        &mut self,
        table: Table,
        entries: &Entries<T>,
        value: &str,
        default: Option<(T, &'static str)>,
    ) -> Found<T> {
        let shown = default.as_ref().map(|(_, shown)| *shown);
        let (found, fate) = match (entries.get(value), default) {
            (Some(Entry::To(to)), _) => (Found::To(to.clone()), Fate::Mapped),
            (Some(_), _) => (Found::LeftOut, Fate::Dropped),
            (None, Some((to, _))) => (Found::To(to), Fate::Mapped),
            (None, None) => (Found::Nothing, Fate::Unmapped),
        };
        self.met.add(table, value, fate, self.ticket).default = shown;
        found
    }

    /// None if the map leaves out tickets of this status. The source's own is
    /// kept where it says more.
    pub(super) fn status(
        &mut self,
        conversation: &mut Conversation,
        notes: &mut Notes,
    ) -> Option<&'static str> {
        let Some(value) = conversation.status.clone() else {
            return Some("open");
        };
        if value.eq_ignore_ascii_case("deleted") && self.map.statuses.get(&value).is_none() {
            notes.add(NoticeKind::Deleted, "/status", "was deleted in the source");
            return None;
        }
        let default = defaults::status(&value).map(|status| (status, status));
        let found = self.find(Table::Statuses, &self.map.statuses, &value, default);
        let status = match found {
            Found::To(status) => status,
            Found::Nothing => "open",
            Found::LeftOut => {
                let detail = "the map leaves out tickets of this status";
                notes.add(NoticeKind::LeftOut, "/status", detail);
                return None;
            }
        };
        if value != status {
            conversation.meta.insert("status".to_owned(), value.into());
        }
        Some(status)
    }

    pub(super) fn priority(&mut self, conversation: &mut Conversation) -> Option<&'static str> {
        let value = conversation.priority.clone()?;
        let default = defaults::priority(&value).map(|priority| (priority, priority));
        match self.find(Table::Priorities, &self.map.priorities, &value, default) {
            Found::To(priority) => Some(priority),
            Found::LeftOut => None,
            Found::Nothing => {
                conversation
                    .meta
                    .insert("priority".to_owned(), value.into());
                None
            }
        }
    }

    /// The channel that a value of the source stands for.
    pub(super) fn channel(&mut self, value: &str) -> Option<String> {
        let default = defaults::channel(value).map(|channel| (channel.to_owned(), channel));
        match self.find(Table::Channels, &self.map.channels, value, default) {
            Found::To(channel) => Some(channel),
            Found::LeftOut | Found::Nothing => None,
        }
    }

    /// None if the map leaves out tickets of this channel.
    pub(super) fn ticket_channel(
        &mut self,
        conversation: &mut Conversation,
        notes: &mut Notes,
    ) -> Option<String> {
        let Some(value) = conversation.channel.clone() else {
            return Some("api".to_owned());
        };
        if let Some(Entry::LeftOut) = self.map.channels.get(&value) {
            self.met
                .add(Table::Channels, &value, Fate::Dropped, self.ticket);
            let detail = "the map leaves out tickets of this channel";
            notes.add(NoticeKind::LeftOut, "/channel", detail);
            return None;
        }
        let channel = self.channel(&value).unwrap_or_else(|| "api".to_owned());
        if channel != value {
            conversation.meta.insert("channel".to_owned(), value.into());
        }
        Some(channel)
    }

    /// An address of the company, as it is in Gorgias.
    pub(super) fn support(&mut self, email: &str) -> Option<String> {
        let address = text::email(email, "", &mut Notes::default())?;
        match self.map.addresses.get(&address) {
            Some(Entry::To(to)) => {
                self.met
                    .add(Table::Addresses, &address, Fate::Mapped, self.ticket);
                Some(to.clone())
            }
            Some(_) => {
                self.met
                    .add(Table::Addresses, &address, Fate::Dropped, self.ticket);
                None
            }
            None => {
                self.met
                    .add(Table::Addresses, &address, Fate::Unmapped, self.ticket);
                Some(address)
            }
        }
    }
}
