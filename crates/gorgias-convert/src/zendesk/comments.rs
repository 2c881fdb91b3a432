//! Converts the comments of a ticket to messages.

use std::collections::HashMap;

use super::comment::{self, Comment};
use super::members::Members;
use super::people::{TicketPeople, author, person};
use super::ticket::TicketReader;
use crate::conversation::{Author, Message};
use crate::error::Error;
use crate::value_counts::{Handling, Table};
use crate::{Notice, NoticeKind};

impl TicketReader<'_> {
    /// The messages from the comments in the ticket, and from its comments in the files
    /// of comments. A later comment replaces an earlier one with an equal id.
    pub(super) fn comments(
        &mut self,
        members: &mut Members<'_>,
        ticket: &str,
        people: TicketPeople<'_>,
        notices: &mut Vec<Notice>,
    ) -> Result<Vec<Message>, Error> {
        let stored = self.store.take_messages(ticket)?;
        let mut buffers = vec![String::new(); stored.len()];
        let stored = stored.iter().zip(&mut buffers).map(|(text, buffer)| {
            let parsed = crate::input::parse(text, buffer);
            parsed.map(|(value, _)| value).unwrap_or_default()
        });
        let mut comments: Vec<Comment<'_>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        // The ticket has a list of comments, or a page of the API with such a list.
        let page = members.object("comments");
        let page = page.map(|mut page| page.list("comments"));
        let embedded = page.unwrap_or_else(|| members.list("comments"));
        for value in embedded.into_iter().chain(stored) {
            let Some(comment) = comment::read(value, self.counts, ticket) else {
                self.counts
                    .add(Table::Tickets, "comments", Handling::NotCarried, ticket);
                continue;
            };
            let place = comment.message.id.as_ref().and_then(|id| places.get(id));
            match place.and_then(|place| comments.get_mut(*place)) {
                Some(earlier) => *earlier = comment,
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
                    format!("comment {id} doesn't say who may see it, and counts as private");
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
