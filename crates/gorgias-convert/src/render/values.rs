//! Converts statuses, priorities, channels and addresses.

use super::Rendering;
use super::notices::Notices;
use crate::NoticeKind;
use crate::conversation::Conversation;
use crate::defaults;
use crate::map::{Mapped, Mappings};
use crate::value_counts::Table;

impl<'r> Rendering<'r> {
    /// Returns what a value becomes, by the map or else by default, and counts the value. The
    /// outer `None` stands for a value that the map leaves out, the inner one for a value
    /// that neither the map nor a default converts.
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

    /// The status of the ticket. `None` if the ticket was deleted in the source, or if
    /// the map leaves out tickets of its status. The status in the source is kept in
    /// `meta` if it is written differently.
    pub(super) fn status(&mut self, conversation: &mut Conversation) -> Option<&'static str> {
        let Some(value) = conversation.status.clone() else {
            return Some("open");
        };
        let statuses = &self.map.statuses;
        if value.eq_ignore_ascii_case("deleted") && statuses.get(&value).is_none() {
            let detail = "was deleted in the source";
            self.notices.add(NoticeKind::Deleted, "/status", detail);
            return None;
        }
        let default = defaults::status(&value).map(|status| (status, status));
        let Some(status) = self.find(Table::Statuses, statuses, &value, default) else {
            let detail = "the map leaves out tickets of this status";
            self.notices.add(NoticeKind::LeftOut, "/status", detail);
            return None;
        };
        let status = status.unwrap_or("open");
        if value != status {
            conversation.keep("status", value);
        }
        Some(status)
    }

    pub(super) fn priority(&mut self, conversation: &mut Conversation) -> Option<&'static str> {
        let value = conversation.priority.clone()?;
        let default = defaults::priority(&value).map(|priority| (priority, priority));
        let priorities = &self.map.priorities;
        let priority = self.find(Table::Priorities, priorities, &value, default)?;
        if priority.is_none() {
            conversation.keep("priority", value);
        }
        priority
    }

    /// The channel for a channel of the source. `None` if the map leaves it out, or if
    /// neither the map nor a default converts it.
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
            self.notices.add(NoticeKind::LeftOut, "/channel", detail);
            return None;
        }
        let channel = channel.unwrap_or_else(|| "api".to_owned());
        if channel != value {
            conversation.keep("channel", value);
        }
        Some(channel)
    }

    /// The address in Gorgias for an address of the company. `None` if the map leaves
    /// it out, or if it isn't an e-mail address.
    pub(super) fn support(&mut self, email: &str) -> Option<String> {
        let address = Notices::default().email(email, "")?;
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
