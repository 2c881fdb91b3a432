//! The form of a ticket in lists.

use serde_json::{Value, json};

use super::customer::PersonView;
use super::ticket::{custom_fields, tags, team};
use crate::store::{Store, Ticket};

/// The largest number of characters in an excerpt.
const EXCERPT: usize = 200;

/// Returns a ticket as an item of a list.
pub(crate) fn compact(store: &Store, ticket: &Ticket) -> Value {
    let id = ticket.id;
    let customer = ticket.customer_id.and_then(|id| store.customer(id));
    let agent = ticket.assignee_user_id.and_then(|id| store.agent(id));
    let assigned_team = ticket.assignee_team_id;
    json!({
        "id": id,
        "uri": format!("/api/tickets/{id}/"),
        "external_id": ticket.external_id,
        "language": ticket.language,
        "status": ticket.status,
        "priority": ticket.priority,
        "channel": ticket.channel,
        "via": ticket.via,
        "from_agent": ticket.from_agent,
        "customer": customer.map(PersonView::Customer),
        "assignee_user": agent.map(PersonView::Assignee),
        "assignee_team": assigned_team.map(|id| team(store, id)),
        "subject": ticket.subject,
        "summary": ticket.summary,
        "excerpt": excerpt(ticket),
        "integrations": [],
        "meta": ticket.meta,
        "tags": tags(store, ticket),
        "messages_count": ticket.messages.len(),
        "is_unread": ticket.is_unread,
        "spam": ticket.spam,
        "created_datetime": ticket.created_datetime,
        "opened_datetime": ticket.opened_datetime,
        "last_received_message_datetime": ticket.last_received_message_datetime,
        "last_message_datetime": ticket.last_message_datetime,
        // The emulator sends no messages, so none fails.
        "last_sent_message_not_delivered": false,
        "updated_datetime": ticket.updated_datetime,
        "closed_datetime": ticket.closed_datetime,
        "snooze_datetime": ticket.snooze_datetime,
        "trashed_datetime": ticket.trashed_datetime,
        "custom_fields": custom_fields(ticket),
    })
}

/// Returns the beginning of the latest message's text. The text is cut first, and
/// then white space is removed at both ends. Returns `None` if the ticket has no
/// message, and an empty text if the message has no text.
fn excerpt(ticket: &Ticket) -> Option<&str> {
    let text = ticket.messages.last()?.body_text.as_deref();
    let text = text.unwrap_or_default();
    let cut = match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    };
    Some(cut.trim())
}

/// Returns a ticket as an item of a view: like an item of a list, but without
/// `summary` and `custom_fields`, and with the members in another order.
pub(crate) fn view_item(store: &Store, ticket: &Ticket) -> Value {
    let mut item = compact(store, ticket);
    super::remove(&mut item, &["summary", "custom_fields"]);
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
    super::move_to_end(&mut item, &ending);
    item
}
