//! From rows to conversations.

use serde_json::json;

use super::columns::Columns;
use super::file::Record;
use super::row::Row;
use super::value;
use crate::conversation::{Conversation, Entry, Named};
use crate::map::{Entry as Mapped, Map};
use crate::met::{Fate, Met, Table};
use crate::{Notice, NoticeKind};

/// Reads conversations, each from one row or from several.
pub(crate) struct Reader<'r> {
    pub(crate) columns: &'r Columns,
    pub(crate) map: &'r Map,
    pub(crate) met: &'r mut Met,
}

impl Reader<'_> {
    /// The conversation of some rows, and what is to be said about it.
    pub(crate) fn read(&mut self, id: String, records: &[Record]) -> (Conversation, Vec<Notice>) {
        let mut notices = Vec::new();
        let mut conversation = Conversation {
            id,
            ..Conversation::default()
        };
        for (index, record) in records.iter().enumerate() {
            let (columns, map, values) = (self.columns, self.map, record.values.as_slice());
            let row = Row {
                columns,
                values,
                line: record.line,
                map,
            };
            if index == 0 {
                first(&mut conversation, &row, &mut notices);
            } else {
                further(&mut conversation, &row, &mut notices);
            }
            self.told(record, &mut notices);
            if self.columns.group.is_none() {
                conversation.fields = row.fields();
            }
            let customer = conversation.customer.clone();
            let entry = row.entry(customer.as_ref(), self.met, &conversation.id, &mut notices);
            let Some(mut entry) = entry else {
                if self.columns.group.is_some() {
                    let detail = "the row has no text, no HTML and no attachments";
                    notices.push(Notice::new(NoticeKind::NoMessages, detail).line(record.line));
                }
                continue;
            };
            if self.columns.group.is_some() {
                entry.at = entry.at.or_else(|| row.time("created", &mut Vec::new()));
                self.of_message(&row, &mut conversation, &mut entry);
            } else {
                entry.at = entry.at.or(conversation.created);
            }
            conversation.entries.push(entry);
        }
        if conversation.entries.is_empty() {
            let detail = "has no messages; a note says so";
            notices.push(Notice::new(NoticeKind::NoMessages, detail));
            let at = conversation.created.or(conversation.updated);
            conversation.entries.push(Entry::placeholder(at));
        }
        (conversation, notices)
    }

    /// Adds the notices about the form of a row.
    fn told(&self, record: &Record, notices: &mut Vec<Notice>) {
        if record.mended {
            let detail = "bytes that are not UTF-8 were replaced; iconv can make the file UTF-8";
            notices.push(Notice::new(NoticeKind::Mended, detail).line(record.line));
        }
        let (has, columns) = (record.values.len(), self.columns.names.len());
        if has > columns {
            let more = record.values.get(columns..).unwrap_or_default();
            if more.iter().any(|value| !value.is_empty()) {
                let detail = format!("the row has {has} values, and there are {columns} columns");
                notices.push(Notice::new(NoticeKind::NotCarried, detail).line(record.line));
            }
        }
    }

    /// Where a row is a message, columns that nothing is known of belong to
    /// the message, unless the map makes them fields of the ticket.
    fn of_message(&mut self, row: &Row<'_>, conversation: &mut Conversation, entry: &mut Entry) {
        for (name, value) in row.others() {
            match self.map.custom_fields.get(name) {
                Some(Mapped::To(_)) => {
                    if conversation
                        .fields
                        .iter()
                        .all(|(field, _)| field.id != name)
                    {
                        let field = Named {
                            id: name.to_owned(),
                            name: None,
                        };
                        conversation.fields.push((field, json!(value)));
                    }
                }
                Some(_) => {
                    self.met
                        .add(Table::CustomFields, name, Fate::Dropped, &conversation.id);
                }
                None => {
                    self.met
                        .add(Table::CustomFields, name, Fate::Unmapped, &conversation.id);
                    entry.meta.insert(name.to_owned(), json!(value));
                }
            }
        }
    }
}

/// What the first row says of the conversation.
fn first(conversation: &mut Conversation, row: &Row<'_>, notices: &mut Vec<Notice>) {
    conversation.line = row.line;
    conversation.subject = row.text("subject");
    conversation.status = row.word("status");
    conversation.priority = row.word("priority");
    conversation.channel = row.word("channel");
    conversation.created = row.time("created", notices);
    conversation.updated = row.time("updated", notices);
    conversation.closed = row.time("closed", notices);
    conversation.language = row.word("language");
    conversation.spam = spam(row, notices).unwrap_or_default();
    conversation.tags = row.tags();
    conversation.customer = row.customer();
    conversation.support = row.word("support_email");
    conversation.assignee = row.assignee();
    conversation.team = row.word("team").map(|id| Named { id, name: None });
}

fn spam(row: &Row<'_>, notices: &mut Vec<Notice>) -> Option<bool> {
    let text = row.word("spam")?;
    let flag = value::flag(&text);
    if flag.is_none() {
        let notice = Notice::new(NoticeKind::Unusable, "spam is neither yes nor no");
        notices.push(notice.line(row.line));
    }
    flag
}

/// What a further row says of it: the first that says something counts, and
/// what contradicts it is told.
fn further(conversation: &mut Conversation, row: &Row<'_>, notices: &mut Vec<Notice>) {
    let mut said = Vec::new();
    let mut same = |member: &'static str, known: &mut Option<String>, new: Option<String>| match (
        known.as_ref(),
        new,
    ) {
        (None, new) => *known = new,
        (Some(known), Some(new)) if *known != new => said.push(member),
        _ => {}
    };
    same("subject", &mut conversation.subject, row.text("subject"));
    same("status", &mut conversation.status, row.word("status"));
    same("priority", &mut conversation.priority, row.word("priority"));
    same("channel", &mut conversation.channel, row.word("channel"));
    same("language", &mut conversation.language, row.word("language"));
    same(
        "support_email",
        &mut conversation.support,
        row.word("support_email"),
    );
    let mut email = conversation
        .customer
        .as_ref()
        .and_then(|person| person.email.clone());
    same("customer_email", &mut email, row.word("customer_email"));
    let mut team = conversation.team.take().map(|team| team.id);
    same("team", &mut team, row.word("team"));
    conversation.team = team.map(|id| Named { id, name: None });
    let mut assignee = conversation
        .assignee
        .as_ref()
        .map(|person| person.id.clone());
    same("assignee", &mut assignee, row.word("assignee"));
    conversation.assignee = conversation.assignee.take().or_else(|| row.assignee());
    conversation.customer = conversation.customer.take().or_else(|| row.customer());
    conversation.spam |= spam(row, notices).unwrap_or_default();
    for tag in row.tags() {
        if !conversation.tags.contains(&tag) {
            conversation.tags.push(tag);
        }
    }
    let created = row.time("created", notices);
    conversation.created = conversation.created.into_iter().chain(created).min();
    let updated = row.time("updated", notices);
    conversation.updated = conversation.updated.into_iter().chain(updated).max();
    let closed = row.time("closed", notices);
    conversation.closed = conversation.closed.into_iter().chain(closed).max();
    for member in said {
        let detail = format!("{member} is not what an earlier row of the conversation says");
        notices.push(Notice::new(NoticeKind::Conflict, detail).line(row.line));
    }
}
