//! Converts the comments of a ticket to messages, and finds their authors.

use std::collections::HashMap;

use super::comment::{self, Comment};
use super::members::Members;
use super::people::{USERS, person};
use super::ticket::TicketReader;
use crate::conversation::{Author, Message, Person};
use crate::error::Error;
use crate::map::{Map, Role};
use crate::store::Store;
use crate::value_counts::{Handling, Table};
use crate::{Notice, NoticeKind};

/// The id of Zendesk's own automation.
const SYSTEM: &str = "-1";

/// The people that a ticket names.
#[derive(Clone, Copy)]
pub(super) struct TicketPeople<'t> {
    pub(super) requester: Option<&'t Person>,
    pub(super) assignee: Option<&'t Person>,
    pub(super) submitter: Option<&'t Person>,
}

impl TicketReader<'_> {
    /// The comments in the ticket and in the file of comments, each once.
    pub(super) fn comments(
        &mut self,
        members: &mut Members<'_>,
        ticket: &str,
        people: TicketPeople<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<Vec<Message>, Error> {
        let parts = self.store.take_parts(ticket)?;
        let mut buffers = vec![String::new(); parts.len()];
        let parts = parts.iter().zip(&mut buffers).map(|(part, buffer)| {
            let parsed = crate::input::parse(part, buffer);
            parsed.map(|(value, _)| value).unwrap_or_default()
        });
        let mut comments: Vec<Comment<'_>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        // The comments are in the ticket directly, or as a page of the API.
        let page = members.object("comments");
        let page = page.map(|mut page| page.list("comments"));
        let embedded = page.unwrap_or_else(|| members.list("comments"));
        for value in embedded.into_iter().chain(parts) {
            let Some(comment) = comment::read(value, self.counts, ticket) else {
                self.counts
                    .add(Table::Tickets, "comments", Handling::NotCarried, ticket);
                continue;
            };
            let place = comment.message.id.as_ref().and_then(|id| places.get(id));
            match place.and_then(|place| comments.get_mut(*place)) {
                Some(same) => *same = comment,
                None => {
                    if let Some(id) = &comment.message.id {
                        places.insert(id.clone(), comments.len());
                    }
                    comments.push(comment);
                }
            }
        }
        let mut messages = Vec::with_capacity(comments.len());
        for comment in comments {
            if comment.visibility_unknown {
                let id = comment.message.id.as_deref().unwrap_or("without an id");
                let detail =
                    format!("comment {id} doesn't say who may see it, and is taken to be private");
                notices.push(Notice::new(NoticeKind::Unusable, detail));
            }
            messages.push(self.message(comment, people)?);
        }
        Ok(messages)
    }

    fn message(
        &mut self,
        comment: Comment<'_>,
        people: TicketPeople<'_>,
    ) -> Result<Message, Error> {
        let embedded = comment
            .embedded
            .and_then(|mut members| person(&mut members));
        let author = author(self.store, self.map, comment.author, embedded, people)?;
        let support = match author {
            Author::Customer(_) | Author::Unknown(_) => comment.to,
            Author::Agent(_) | Author::System => comment.from,
        };
        let is_mail = comment.message.channel.as_deref() == Some("email");
        Ok(Message {
            author,
            support: support.filter(|_| is_mail),
            ..comment.message
        })
    }
}

/// Returns the author with an id, as an agent or a customer. `embedded` are the members
/// of the author in the comment.
pub(super) fn author(
    store: &mut Store,
    map: &Map,
    id: Option<String>,
    embedded: Option<Person>,
    people: TicketPeople<'_>,
) -> Result<Author, Error> {
    let Some(id) = id else {
        return Ok(Author::Unknown(None));
    };
    if id == SYSTEM {
        return Ok(Author::System);
    }
    let is = |person: &Option<&Person>| person.is_some_and(|person| person.id == id);
    let (is_requester, is_assignee) = (is(&people.requester), is(&people.assignee));
    let mut of_ticket = [people.requester, people.assignee, people.submitter].into_iter();
    let of_ticket = of_ticket.find(is).flatten();
    let known = store.person(USERS, &id)?.or(embedded);
    let mut known = known.or_else(|| of_ticket.cloned());
    // The ticket of a call has a phone number that the user may lack.
    if let (Some(known), Some(of_ticket)) = (&mut known, of_ticket)
        && known.email.is_none()
        && known.phone.is_none()
    {
        known.phone.clone_from(&of_ticket.phone);
    }
    // If the input has no users at all, everybody but the requester counts as an agent.
    let by_place = is_assignee || (!is_requester && !store.any_people(USERS));
    let role = known.as_ref().and_then(|person| person.role);
    let by_role = role.map_or(by_place, |role| role == Role::Agent);
    let is_agent = by_role || map.agents.get(&id).is_some();
    let person = known.unwrap_or_else(|| Person::with_id(id));
    Ok(if is_agent {
        Author::Agent(person)
    } else if is_requester || person.is_known() {
        Author::Customer(person)
    } else {
        Author::Unknown(Some(person.id))
    })
}
