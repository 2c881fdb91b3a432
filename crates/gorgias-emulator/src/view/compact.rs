//! The form of a ticket in lists.

use serde::Serialize;
use serde_json::Value;

use super::Nothing;
use super::customer::PersonView;
use super::ticket::{CustomFields, TagView, TeamView, custom_fields, tags};
use crate::store::{Store, Ticket};
use crate::timestamp::Timestamp;

/// The characters of the latest message that a list item has.
const EXCERPT: usize = 200;

#[derive(Serialize)]
pub(crate) struct CompactView<'a> {
    id: i64,
    uri: String,
    external_id: Option<&'a str>,
    language: Option<&'a str>,
    status: &'a str,
    priority: &'a str,
    channel: &'a str,
    via: &'a str,
    from_agent: bool,
    customer: Option<PersonView<'a>>,
    assignee_user: Option<PersonView<'a>>,
    assignee_team: Option<TeamView<'a>>,
    subject: Option<&'a str>,
    summary: Option<&'a Value>,
    excerpt: Option<&'a str>,
    integrations: Nothing,
    meta: Option<&'a Value>,
    tags: Vec<TagView<'a>>,
    messages_count: usize,
    is_unread: bool,
    spam: bool,
    created_datetime: Timestamp,
    opened_datetime: Option<Timestamp>,
    last_received_message_datetime: Option<Timestamp>,
    last_message_datetime: Option<Timestamp>,
    last_sent_message_not_delivered: bool,
    updated_datetime: Timestamp,
    closed_datetime: Option<Timestamp>,
    snooze_datetime: Option<Timestamp>,
    trashed_datetime: Option<Timestamp>,
    custom_fields: CustomFields<'a>,
}

impl<'a> CompactView<'a> {
    pub(crate) fn new(store: &'a Store, ticket: &'a Ticket) -> Self {
        let id = ticket.id;
        Self {
            id,
            uri: format!("/api/tickets/{id}/"),
            external_id: ticket.external_id.as_deref(),
            language: ticket.language.as_deref(),
            status: &ticket.status,
            priority: &ticket.priority,
            channel: &ticket.channel,
            via: &ticket.via,
            from_agent: ticket.from_agent,
            customer: ticket
                .customer
                .and_then(|id| store.customer(id))
                .map(PersonView::customer),
            assignee_user: ticket
                .assignee_user
                .and_then(|id| store.agent(id))
                .map(PersonView::assignee),
            assignee_team: ticket.assignee_team.map(|id| TeamView::new(store, id)),
            subject: ticket.subject.as_deref(),
            summary: ticket.summary.as_ref(),
            excerpt: excerpt(ticket),
            integrations: [],
            meta: ticket.meta.as_ref(),
            tags: tags(store, ticket),
            messages_count: ticket.messages.len(),
            is_unread: ticket.is_unread,
            spam: ticket.spam,
            created_datetime: ticket.created,
            opened_datetime: ticket.opened,
            last_received_message_datetime: ticket.last_received_message,
            last_message_datetime: ticket.last_message,
            // The emulator sends no messages, so none fails.
            last_sent_message_not_delivered: false,
            updated_datetime: ticket.updated,
            closed_datetime: ticket.closed,
            snooze_datetime: ticket.snooze,
            trashed_datetime: ticket.trashed,
            custom_fields: custom_fields(ticket),
        }
    }
}

/// Returns the beginning of the latest message, cut first and then trimmed.
/// None without a message, empty without a text.
fn excerpt(ticket: &Ticket) -> Option<&str> {
    let text = ticket.messages.last()?.body_text.as_deref();
    let text = text.unwrap_or_default();
    let cut = match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    };
    Some(cut.trim())
}

/// Returns a ticket in the items of a view: without two members, and with the
/// others in another order.
pub(crate) fn view_item(store: &Store, ticket: &Ticket) -> Value {
    let mut value = super::json(&CompactView::new(store, ticket));
    if let Some(item) = value.as_object_mut() {
        for member in ["summary", "custom_fields"] {
            item.shift_remove(member);
        }
        let ending = [
            "meta",
            "tags",
            "is_unread",
            "spam",
            "created_datetime",
            "opened_datetime",
            "last_received_message_datetime",
            "last_message_datetime",
            "updated_datetime",
            "closed_datetime",
            "snooze_datetime",
            "trashed_datetime",
            "integrations",
            "messages_count",
            "excerpt",
            "last_sent_message_not_delivered",
        ];
        super::moved_to_end(item, &ending);
    }
    value
}
