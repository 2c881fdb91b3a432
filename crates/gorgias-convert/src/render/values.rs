//! Converts statuses, priorities, channels and addresses.

use serde_json::json;

use super::Rendering;
use super::notes::Notes;
use crate::NoticeKind;
use crate::conversation::Conversation;
use crate::defaults;
use crate::map::{Mapped, Mappings};
use crate::value_counts::Table;

impl<'r> Rendering<'r> {
    /// The map's entry for a value, or the value's default. The outer `None` is for a value
    /// that the map leaves out.
    fn find<T: Clone>(
        &mut self,
        table: Table,
        mappings: &'r Mappings<T>,
        value: &str,
        default: Option<(T, &'static str)>,
    ) -> Option<Option<T>> {
        let mapped = mappings.get(value);
        let (default, shown) = default.unzip();
        self.counts
            .count(table, value, mapped, shown, self.external_id);
        match mapped {
            Some(Mapped::To(to)) => Some(Some(to.clone())),
            Some(Mapped::LeftOut) => None,
            None => Some(default),
        }
    }

    /// The status. `None` if the map leaves out tickets of this status. The source's status
    /// is kept in `meta` if it differs.
    pub(super) fn status(&mut self, conversation: &mut Conversation) -> Option<&'static str> {
        let Some(value) = conversation.status.clone() else {
            return Some("open");
        };
        let statuses = &self.map.statuses;
        if value.eq_ignore_ascii_case("deleted") && statuses.get(&value).is_none() {
            let detail = "was deleted in the source";
            self.notes.add(NoticeKind::Deleted, "/status", detail);
            return None;
        }
        let default = defaults::status(&value).map(|status| (status, status));
        let Some(status) = self.find(Table::Statuses, statuses, &value, default) else {
            let detail = "the map leaves out tickets of this status";
            self.notes.add(NoticeKind::LeftOut, "/status", detail);
            return None;
        };
        let status = status.unwrap_or("open");
        if value != status {
            conversation.meta.insert("status".to_owned(), json!(value));
        }
        Some(status)
    }

    pub(super) fn priority(&mut self, conversation: &mut Conversation) -> Option<&'static str> {
        let value = conversation.priority.clone()?;
        let default = defaults::priority(&value).map(|priority| (priority, priority));
        let priorities = &self.map.priorities;
        let priority = self.find(Table::Priorities, priorities, &value, default)?;
        if priority.is_none() {
            let meta = &mut conversation.meta;
            meta.insert("priority".to_owned(), json!(value));
        }
        priority
    }

    /// The channel that a value of the source stands for.
    pub(super) fn channel(&mut self, value: &str) -> Option<String> {
        let default = defaults::channel(value).map(|channel| (channel.to_owned(), channel));
        self.find(Table::Channels, &self.map.channels, value, default)?
    }

    /// The ticket's channel. `None` if the map leaves out tickets of this channel.
    pub(super) fn ticket_channel(&mut self, conversation: &mut Conversation) -> Option<String> {
        let Some(value) = conversation.channel.clone() else {
            return Some("api".to_owned());
        };
        let channel = self.channel(&value);
        if let Some(Mapped::LeftOut) = self.map.channels.get(&value) {
            let detail = "the map leaves out tickets of this channel";
            self.notes.add(NoticeKind::LeftOut, "/channel", detail);
            return None;
        }
        let channel = channel.unwrap_or_else(|| "api".to_owned());
        if channel != value {
            conversation.meta.insert("channel".to_owned(), json!(value));
        }
        Some(channel)
    }

    /// The address in Gorgias for an address of the company.
    pub(super) fn support(&mut self, email: &str) -> Option<String> {
        let address = Notes::default().email(email, "")?;
        let mapped = self.map.addresses.get(&address);
        self.counts
            .count(Table::Addresses, &address, mapped, None, self.external_id);
        match mapped {
            Some(Mapped::To(to)) => Some(to.clone()),
            Some(Mapped::LeftOut) => None,
            None => Some(address),
        }
    }
}
