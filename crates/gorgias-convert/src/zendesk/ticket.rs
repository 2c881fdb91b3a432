//! Tickets.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::cast::{Cast, author, embedded};
use super::comment::{self, Comment};
use super::members::Members;
use super::people::person;
use super::values::{fields, host, solved_at, tags};
use crate::conversation::{Author, Conversation, Entry, Named, Person};
use crate::error::Error;
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

/// The people who are told of a ticket.
const COPIED: &[&str] = &["email_cc_ids", "collaborator_ids", "follower_ids"];

/// The tag of tickets that were merged into another one.
const MERGED: &str = "closed_by_merge";

/// What became of a ticket of the export.
pub(crate) enum Read {
    Conversation(Box<Conversation>, Vec<Notice>),
    Deleted { id: String },
    Unreadable(&'static str),
}

/// What a ticket says that has no comments.
struct Described {
    text: Option<String>,
    private: bool,
}

/// Reads tickets, with what was remembered of the rest of the export.
pub(crate) struct Reader<'s> {
    pub(crate) store: &'s mut Store,
    pub(crate) met: &'s mut Met,
    pub(crate) map: &'s ValueMap,
}

impl Reader<'_> {
    pub(crate) fn read(&mut self, value: Value, line: u64) -> Result<Read, Error> {
        let Some(mut members) = Members::of(value) else {
            return Ok(Read::Unreadable("is no object"));
        };
        if let (false, Some(mut inner)) = (members.0.contains_key("id"), members.object("ticket")) {
            if let Some(comments) = members.value("comments") {
                inner.0.entry("comments").or_insert(comments);
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
            host: members.0.get("url").and_then(Value::as_str).and_then(host),
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
        let to = source.object("to").and_then(|mut to| to.text("address"));
        conversation.support = members.text("recipient").or(to);
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
            embedded: [requester, assignee, submitter]
                .into_iter()
                .flatten()
                .collect(),
        };
        let description = Described {
            text: members.text("description"),
            private: members.flag("is_public") == Some(false),
        };
        let comments = self.comments(&mut members, &conversation.id)?;
        if comments.is_empty() {
            let detail = match description.text {
                Some(_) => "has no comments; its description is the only message",
                None => "has no comments and no description; a note says so",
            };
            notices.push(Notice::new(NoticeKind::NoMessages, detail));
            let author = submitter_id.or_else(|| cast.requester.clone());
            let entry = self.described(description, author, &cast, &conversation)?;
            conversation.entries.push(entry);
        }
        for comment in comments {
            if comment.visibility_unknown {
                let id = comment.entry.id.as_deref().unwrap_or("without an id");
                let detail =
                    format!("comment {id} doesn't say who may see it, and is taken to be private");
                notices.push(Notice::new(NoticeKind::Unusable, detail));
            }
            conversation.entries.push(self.entry(comment, &cast)?);
        }
        members.forget(IGNORED);
        for name in members.rest() {
            self.met
                .add(Table::Tickets, name, Fate::NotCarried, &conversation.id);
        }
        Ok(Read::Conversation(Box::new(conversation), notices))
    }

    /// Somebody that a ticket names by id, or as a whole.
    fn reference(
        &mut self,
        members: &mut Members,
        name: &str,
        embedded: Option<&Person>,
    ) -> (Option<String>, Option<Person>) {
        let id = members.id(name);
        let id = id.or_else(|| embedded.map(|person| person.id.clone()));
        (id, embedded.cloned())
    }

    /// What is known of a person: the users go before the ticket.
    fn known(
        &mut self,
        id: Option<&str>,
        embedded: Option<Person>,
    ) -> Result<Option<Person>, Error> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.store.person(id)?.or(embedded))
    }

    fn group(
        &mut self,
        members: &mut Members,
        embedded: Option<Named>,
    ) -> Result<Option<Named>, Error> {
        let Some(id) = members.id("group_id") else {
            return Ok(embedded);
        };
        let name = self.store.name("groups", &id)?;
        let name = name.or_else(|| embedded.and_then(|group| group.name));
        Ok(Some(Named { id, name }))
    }

    fn organization(
        &mut self,
        members: &mut Members,
        requester: Option<&Person>,
        meta: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        let embedded = members.object("organization");
        let name = embedded.and_then(|mut embedded| embedded.text("name"));
        let id = members.id("organization_id");
        let id = id.or_else(|| requester?.organization.clone());
        let stored = match &id {
            Some(id) => self.store.name("organizations", id)?,
            None => None,
        };
        if let Some(organization) = stored.or(name).or(id) {
            meta.insert("organization".to_owned(), json!(organization));
        }
        Ok(())
    }

    /// The addresses of those who are told of a ticket.
    fn copied(
        &mut self,
        members: &mut Members,
        meta: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        let mut copied: Vec<String> = Vec::new();
        for name in COPIED {
            for value in members.list(name) {
                let id = value.to_string();
                let id = id.trim_matches('"');
                let person = self.store.person(id)?;
                let known = person.and_then(|person| person.email.or(person.name));
                let known = known.unwrap_or_else(|| id.to_owned());
                if !copied.contains(&known) {
                    copied.push(known);
                }
            }
        }
        if !copied.is_empty() {
            meta.insert("cc".to_owned(), json!(copied));
        }
        Ok(())
    }

    /// The comments in the ticket and in a file of their own, each once.
    fn comments(&mut self, members: &mut Members, ticket: &str) -> Result<Vec<Comment>, Error> {
        let mut comments: Vec<Comment> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        // As they are in the ticket, or as a page of the API has them.
        let page = members.object("comments");
        let page = page.map(|mut page| page.list("comments"));
        let embedded = page.unwrap_or_else(|| members.list("comments"));
        let embedded = embedded.into_iter();
        let parts = self.store.take_parts(ticket)?;
        let parts = parts.iter().map(|part| {
            let parsed = crate::input::parse(part);
            parsed.map(|(value, _)| value).unwrap_or_default()
        });
        for value in embedded.chain(parts) {
            let Some(comment) = comment::read(value, self.met, ticket) else {
                self.met
                    .add(Table::Tickets, "comments", Fate::NotCarried, ticket);
                continue;
            };
            let place = comment.entry.id.as_ref().and_then(|id| places.get(id));
            match place.and_then(|place| comments.get_mut(*place)) {
                Some(same) => *same = comment,
                None => {
                    if let Some(id) = &comment.entry.id {
                        places.insert(id.clone(), comments.len());
                    }
                    comments.push(comment);
                }
            }
        }
        Ok(comments)
    }

    /// The message of a ticket without comments. Who submits a ticket is the
    /// author of its description.
    fn described(
        &mut self,
        description: Described,
        author: Option<String>,
        cast: &Cast,
        conversation: &Conversation,
    ) -> Result<Entry, Error> {
        let at = conversation.created.or(conversation.updated);
        if description.text.is_none() {
            return Ok(Entry::placeholder(at));
        }
        Ok(Entry {
            author: self::author(self.store, self.map, author, None, cast)?,
            private: description.private,
            text: description.text,
            at,
            channel: conversation.channel.clone(),
            ..Entry::default()
        })
    }

    fn entry(&mut self, comment: Comment, cast: &Cast) -> Result<Entry, Error> {
        let embedded = comment
            .embedded
            .and_then(|mut members| person(&mut members));
        let author = author(self.store, self.map, comment.author, embedded, cast)?;
        let support = match author {
            Author::Customer(_) | Author::Unknown(_) => comment.to,
            Author::Agent(_) | Author::System => comment.from,
        };
        let is_mail = comment.entry.channel.as_deref() == Some("email");
        Ok(Entry {
            author,
            support: support.filter(|_| is_mail),
            ..comment.entry
        })
    }
}
