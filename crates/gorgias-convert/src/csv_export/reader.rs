//! Makes conversations from the rows of a CSV file.

use serde_json::json;

use super::columns::Columns;
use super::file::Record;
use super::row::{self, Row};
use super::value;
use crate::conversation::{Conversation, Message, Named};
use crate::map::{Map, Mapped};
use crate::value_counts::{Table, ValueCounts};
use crate::{Notice, NoticeKind};

/// Makes conversations, each from one row or from several rows.
pub(crate) struct RowReader<'r> {
    pub(crate) columns: &'r Columns,
    pub(crate) map: &'r Map,
    pub(crate) counts: &'r mut ValueCounts,
}

impl RowReader<'_> {
    /// Makes a conversation from its rows.
    pub(crate) fn read(&mut self, id: String, records: &[Record]) -> Conversation {
        let mut notices = Vec::new();
        let mut conversation = Conversation {
            id,
            line: records.first().map_or(0, |record| record.line),
            ..Conversation::default()
        };
        for record in records {
            let row = Row {
                columns: self.columns,
                values: &record.values,
                line: record.line,
                map: self.map,
            };
            merge(&mut conversation, &row, &mut notices);
            self.note_row(record, &mut notices);
            if self.columns.group.is_none() {
                conversation.fields = row.fields();
            }
            let customer = conversation.customer.clone();
            let message = row.message(
                customer.as_ref(),
                self.counts,
                &conversation.id,
                &mut notices,
            );
            let Some(mut message) = message else {
                if self.columns.group.is_some() {
                    let detail = "the row has no text, no HTML and no attachments";
                    notices.push(Notice::new(NoticeKind::NoMessages, detail).line(record.line));
                }
                continue;
            };
            if self.columns.group.is_some() {
                message.at = message.at.or_else(|| row.time("created", &mut Vec::new()));
                self.keep_others(&row, &mut conversation, &mut message);
            } else {
                message.at = message.at.or(conversation.created);
            }
            conversation.messages.push(message);
        }
        if conversation.messages.is_empty() {
            let detail = "has no messages; a note says so";
            notices.push(Notice::new(NoticeKind::NoMessages, detail));
            let at = conversation.created.or(conversation.updated);
            conversation.messages.push(Message::placeholder(at));
        }
        conversation.notices = notices;
        conversation
    }

    /// Adds a notice if the row is not UTF-8, and one if it has more values than there are
    /// columns.
    fn note_row(&self, record: &Record, notices: &mut Vec<Notice>) {
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

    /// Keeps the values of the columns without a member, of a row that is a message.
    /// The value of a column that the map converts to a custom field is kept in the
    /// ticket, unless an earlier row had one. A value that the map leaves out is
    /// dropped. Other values are kept in the `meta` of the message.
    fn keep_others(
        &mut self,
        row: &Row<'_>,
        conversation: &mut Conversation,
        message: &mut Message,
    ) {
        for (name, value) in row.others() {
            let mapped = self.map.custom_fields.get(name);
            if let Some(Mapped::To(_)) = mapped {
                if conversation.fields.iter().all(|(it, _)| it.id != name) {
                    conversation.fields.push(row::field(name, value));
                }
                continue;
            }
            if mapped.is_none() {
                message.meta.insert(name.to_owned(), json!(value));
            }
            let ticket = &conversation.id;
            self.counts
                .count(Table::CustomFields, name, mapped, None, ticket);
        }
    }
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

/// Adds the values of a row that concern the whole conversation. The conversation gets
/// the tags of all rows, is spam if one row is, and gets the earliest `created` and the
/// latest `updated` and `closed`. Of other members the first value counts, and a notice
/// names later rows with another value.
fn merge(conversation: &mut Conversation, row: &Row<'_>, notices: &mut Vec<Notice>) {
    let mut conflicts = Vec::new();
    let mut same = |member, known: &mut Option<String>, new: Option<String>| match (&known, new) {
        (None, new) => *known = new,
        (Some(known), Some(new)) if *known != new => conflicts.push(member),
        _ => {}
    };
    same("subject", &mut conversation.subject, row.text("subject"));
    for (member, known) in [
        ("status", &mut conversation.status),
        ("priority", &mut conversation.priority),
        ("channel", &mut conversation.channel),
        ("language", &mut conversation.language),
        ("support_email", &mut conversation.support),
    ] {
        same(member, known, row.word(member));
    }
    let customer = conversation.customer.take();
    let mut email = customer.as_ref().and_then(|person| person.email.clone());
    same("customer_email", &mut email, row.word("customer_email"));
    conversation.customer = customer.or_else(|| row.customer());
    let mut team = conversation.team.take().map(|team| team.id);
    same("team", &mut team, row.word("team"));
    conversation.team = team.map(|id| Named { id, name: None });
    let assignee = conversation.assignee.take();
    let mut id = assignee.as_ref().map(|person| person.id.clone());
    same("assignee", &mut id, row.word("assignee"));
    conversation.assignee = assignee.or_else(|| row.assignee());
    conversation.spam |= spam(row, notices).unwrap_or_default();
    for tag in row.tags() {
        if !conversation.tags.contains(&tag) {
            conversation.tags.push(tag);
        }
    }
    let created = row.time("created", notices);
    conversation.created = conversation.created.into_iter().chain(created).min();
    for (member, known) in [
        ("updated", &mut conversation.updated),
        ("closed", &mut conversation.closed),
    ] {
        *known = (*known).max(row.time(member, notices));
    }
    for member in conflicts {
        let detail = format!("{member} differs from an earlier row of the conversation");
        notices.push(Notice::new(NoticeKind::Conflict, detail).line(row.line));
    }
}
