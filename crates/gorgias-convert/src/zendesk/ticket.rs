//! Tickets.

use super::cast::{Cast, embedded};
use super::members::Members;
use super::values::{fields, host, solved_at, tags};
use crate::conversation::{Conversation, Person};
use crate::error::Error;
use crate::input::Json;
use crate::map::Map as ValueMap;
use crate::met::{Fate, Met, Table};
use crate::store::Store;
use crate::{Notice, NoticeKind};

/// What is about the export, or repeats something.
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

/// What is kept in the ticket's `meta` as it is.
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

/// What became of a ticket of the export.
pub(crate) enum Read {
    Conversation(Box<Conversation>, Vec<Notice>),
    Deleted { id: String },
    Unreadable(&'static str),
}

/// The id of a ticket of which no more is read.
pub(crate) fn id(value: Json<'_>) -> Option<String> {
    let mut members = Members::of(value)?;
    let inner = |members: &mut Members<'_>| members.object("ticket")?.id("id");
    members.id("id").or_else(|| inner(&mut members))
}

/// The description of a ticket without comments.
pub(super) struct Described {
    pub(super) text: Option<String>,
    pub(super) private: bool,
}

/// Reads tickets, with what was remembered of the rest of the export.
pub(crate) struct Reader<'s> {
    pub(crate) store: &'s mut Store,
    pub(crate) met: &'s mut Met,
    pub(crate) map: &'s ValueMap,
}

impl Reader<'_> {
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
            self.store.take_parts(&id)?;
            return Ok(Read::Deleted { id });
        }
        let mut notices = Vec::new();
        let people = embedded(&mut members);
        let requester = self.reference(&mut members, "requester_id", people.requester.as_ref());
        let submitter = self.reference(&mut members, "submitter_id", people.submitter.as_ref());
        let assignee = self.reference(&mut members, "assignee_id", people.assignee.as_ref());
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
            team: self.group(&mut members, people.group)?,
            fields: fields(&mut members),
            id,
            ..Conversation::default()
        };
        if conversation.tags.iter().any(|tag| tag == MERGED) {
            let detail = "was merged into another ticket; its messages say into which";
            notices.push(Notice::new(NoticeKind::Merged, detail));
        }
        let mut via = members.object("via").unwrap_or_default();
        conversation.channel = via.text("channel").or_else(|| members.text("via"));
        let mut source = via.object("source").unwrap_or_default();
        let (mut to, mut from) = (source.object("to"), source.object("from"));
        let address = to.as_mut().and_then(|to| to.text("address"));
        conversation.support = members.text("recipient").or(address);
        // Of a call that an agent made, the customer is at the other end.
        let is_outbound = source
            .text("rel")
            .is_some_and(|rel| rel.contains("outbound"));
        let caller = if is_outbound { &mut to } else { &mut from };
        let phone = caller.as_mut().and_then(|caller| caller.text("phone"));
        let known = |person: &Option<Person>, id: &Option<String>| {
            let named = |id: &String| Person {
                id: id.clone(),
                ..Person::default()
            };
            person.clone().or_else(|| id.as_ref().map(named))
        };
        let (requester_id, requester) = requester;
        let requester = self.known(requester_id.as_deref(), requester)?;
        let (assignee_id, assignee) = assignee;
        let assignee = self.known(assignee_id.as_deref(), assignee)?;
        let (submitter_id, submitter) = submitter;
        conversation.language = members.text("locale").or_else(|| {
            let person = requester.as_ref()?;
            person.language.clone()
        });
        conversation.customer = known(&requester, &requester_id);
        if let Some(customer) = &mut conversation.customer
            && customer.email.is_none()
        {
            customer.phone = customer.phone.take().or(phone);
        }
        conversation.assignee = known(&assignee, &assignee_id);
        self.organization(&mut members, requester.as_ref(), &mut conversation.meta)?;
        self.copied(&mut members, &mut conversation.meta)?;
        for name in KEPT {
            if let Some(value) = members.value(name) {
                conversation.meta.insert((*name).to_owned(), value);
            }
        }
        let cast = Cast {
            requester: requester_id,
            assignee: assignee_id,
            embedded: [conversation.customer.clone(), assignee, submitter]
                .into_iter()
                .flatten()
                .collect(),
        };
        let description = Described {
            text: members.text("description"),
            private: members.flag("is_public") == Some(false),
        };
        let ticket = &conversation.id;
        conversation.entries = self.comments(&mut members, ticket, &cast, &mut notices)?;
        if conversation.entries.is_empty() {
            let detail = match description.text {
                Some(_) => "has no comments; its description is the only message",
                None => "has no comments and no description; a note says so",
            };
            notices.push(Notice::new(NoticeKind::NoMessages, detail));
            let author = submitter_id.or_else(|| cast.requester.clone());
            let entry = self.described(description, author, &cast, &conversation)?;
            conversation.entries.push(entry);
        }
        members.forget(IGNORED);
        for name in members.rest() {
            self.met
                .add(Table::Tickets, name, Fate::NotCarried, &conversation.id);
        }
        Ok(Read::Conversation(Box::new(conversation), notices))
    }
}
