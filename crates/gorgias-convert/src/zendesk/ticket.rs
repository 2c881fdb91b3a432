//! Reads a ticket.

use super::members::Members;
use super::people::{TicketPeople, author};
use super::values::{fields, host, solved_at, tags};
use crate::conversation::{Conversation, Message, Person};
use crate::error::Error;
use crate::input::Json;
use crate::map::Map as ValueMap;
use crate::store::Store;
use crate::value_counts::{Handling, Table, ValueCounts};
use crate::{Notice, NoticeKind};

/// The members that are ignored, because they concern the export or repeat another member.
const IGNORED: &[&str] = &[
    "url",
    "generated_timestamp",
    "raw_subject",
    "fields",
    "allow_attachments",
    "allow_channelback",
    "has_incidents",
    "encoded_id",
    "support_type",
    "comment_count",
    "result_type",
    "from_messaging_channel",
];

/// The members that are kept unchanged in the ticket's `meta`.
const KEPT: &[&str] = &[
    "type",
    "due_at",
    "external_id",
    "brand_id",
    "ticket_form_id",
    "problem_id",
    "satisfaction_rating",
    "followup_ids",
    "via_followup_source_id",
    "custom_status_id",
];

/// The tag of tickets that were merged into another one.
const MERGED: &str = "closed_by_merge";

/// The result of reading a ticket of the export.
pub(crate) enum Read {
    Conversation(Box<Conversation>),
    Deleted { id: String },
    Unreadable(&'static str),
}

/// Returns the id of a ticket that is left out.
pub(crate) fn id(value: Json<'_>) -> Option<String> {
    let mut members = Members::of(value)?;
    let inner = |members: &mut Members<'_>| members.object("ticket")?.id("id");
    members.id("id").or_else(|| inner(&mut members))
}

/// Reads tickets. The store has the people and comments of the export.
pub(crate) struct TicketReader<'s> {
    pub(crate) store: &'s mut Store,
    pub(crate) counts: &'s mut ValueCounts,
    pub(crate) map: &'s ValueMap,
}

impl TicketReader<'_> {
    pub(crate) fn read(&mut self, value: Json<'_>, line: u64) -> Result<Read, Error> {
        let Some(mut members) = Members::of(value) else {
            return Ok(Read::Unreadable("is no object"));
        };
        if !members.has("id")
            && let Some(mut inner) = members.object("ticket")
        {
            if let (false, Some(comments)) = (inner.has("comments"), members.json("comments")) {
                inner.add("comments", comments);
            }
            members = inner;
        }
        let Some(id) = members.id("id") else {
            return Ok(Read::Unreadable("has no id"));
        };
        let status = members.text("status");
        if status.as_deref() == Some("deleted") {
            self.store.take_messages(&id)?;
            return Ok(Read::Deleted { id });
        }
        let requester = self.person(&mut members, "requester_id", "requester")?;
        let submitter = self.person(&mut members, "submitter_id", "submitter")?;
        let assignee = self.person(&mut members, "assignee_id", "assignee")?;
        let mut conversation = Conversation {
            line,
            subject: members
                .text("subject")
                .or_else(|| members.text("raw_subject")),
            status,
            priority: members.text("priority"),
            created: members.time("created_at"),
            updated: members.time("updated_at"),
            closed: solved_at(&mut members),
            spam: members.flag("spam").unwrap_or_default(),
            tags: tags(&mut members),
            host: members.find("url").and_then(|url| host(url.as_str()?)),
            team: self.group(&mut members)?,
            fields: fields(&mut members),
            id,
            ..Conversation::default()
        };
        if conversation.tags.iter().any(|tag| tag == MERGED) {
            let detail = "was merged into another ticket; its messages say into which";
            let notice = Notice::new(NoticeKind::Merged, detail);
            conversation.notices.push(notice);
        }
        let mut via = members.object("via").unwrap_or_default();
        conversation.channel = via.text("channel").or_else(|| members.text("via"));
        let mut source = via.object("source").unwrap_or_default();
        let (mut to, mut from) = (source.object("to"), source.object("from"));
        let address = to.as_mut().and_then(|to| to.text("address"));
        conversation.support = members.text("recipient").or(address);
        // If an agent made the call, the called number is the customer's.
        let is_outbound = source
            .text("rel")
            .is_some_and(|rel| rel.contains("outbound"));
        let caller = if is_outbound { &mut to } else { &mut from };
        let phone = caller.as_mut().and_then(|caller| caller.text("phone"));
        conversation.language = members.text("locale").or_else(|| {
            let person = requester.as_ref()?;
            person.language.clone()
        });
        self.organization(&mut members, requester.as_ref(), &mut conversation.meta)?;
        conversation.customer = requester.map(|person| Person {
            phone: match person.email {
                Some(_) => person.phone,
                None => person.phone.or(phone),
            },
            ..person
        });
        conversation.assignee = assignee;
        self.copied(&mut members, &mut conversation.meta)?;
        for name in KEPT {
            if let Some(value) = members.value(name) {
                conversation.meta.insert((*name).to_owned(), value);
            }
        }
        let description = members.text("description");
        let is_private = members.flag("is_public") == Some(false);
        let people = TicketPeople {
            requester: conversation.customer.as_ref(),
            assignee: conversation.assignee.as_ref(),
            submitter: submitter.as_ref(),
        };
        let (ticket, notices) = (&conversation.id, &mut conversation.notices);
        let mut messages = self.comments(&mut members, ticket, people, notices)?;
        if messages.is_empty() {
            let at = conversation.created.or(conversation.updated);
            let (message, detail) = match description {
                None => (
                    Message::placeholder(at),
                    "has no comments and no description; a note says so",
                ),
                Some(text) => {
                    // The submitter of a ticket is the author of its description.
                    let writer = people.submitter.or(people.requester);
                    let writer = writer.map(|person| person.id.clone());
                    let message = Message {
                        author: author(self.store, self.map, writer, None, people)?,
                        private: is_private,
                        text: Some(text),
                        at,
                        channel: conversation.channel.clone(),
                        ..Message::default()
                    };
                    let detail = "has no comments; its description is the only message";
                    (message, detail)
                }
            };
            notices.push(Notice::new(NoticeKind::NoMessages, detail));
            messages.push(message);
        }
        conversation.messages = messages;
        members.forget(IGNORED);
        for name in members.rest() {
            self.counts
                .add(Table::Tickets, name, Handling::NotCarried, &conversation.id);
        }
        Ok(Read::Conversation(Box::new(conversation)))
    }
}
