//! The form of a whole ticket in answers.

use serde_json::{Map, Value, json};

use super::{customer, message};
use crate::store::{ResourceKind, Store, Ticket};

/// The answer that a ticket is written for. They differ in a few keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TicketForm {
    /// The answer to a create.
    Created,
    Read,
    Updated,
}

/// Returns a whole ticket.
pub(crate) fn whole(store: &Store, ticket: &Ticket, form: TicketForm) -> Value {
    let id = ticket.id;
    let customer = ticket.customer_id.and_then(|id| store.customer(id));
    let channels = customer.map_or(&[][..], |customer| &customer.channels);
    let kinds = channels.iter().map(|channel| channel.kind.as_str());
    let mut kinds: Vec<&str> = kinds.chain(["internal-note"]).collect();
    kinds.sort_unstable();
    let reply_options = kinds.into_iter();
    let reply_options = reply_options.map(|kind| (kind.to_owned(), json!({ "answerable": true })));
    let customer = customer.map(|one| customer::of_ticket(one, form == TicketForm::Read));
    let is_created = form == TicketForm::Created;
    let messages = ticket.messages.iter();
    let messages = messages.map(|message| message::of_ticket(store, id, message, is_created));
    let mut whole = json!({
        "id": id,
        "uri": format!("/api/tickets/{id}/"),
        "external_id": ticket.external_id,
        "events": [],
        "status": ticket.status,
        "priority": ticket.priority,
        "channel": ticket.channel,
        "via": ticket.via,
        "from_agent": ticket.from_agent,
        "spam": ticket.spam,
        "imported": ticket.imported,
        "customer": customer,
        "assignee_user": assignee_user(store, ticket),
        "assignee_user_id": ticket.assignee_user_id,
        "assignee_team": assignee_team(store, ticket),
        "assignee_team_id": ticket.assignee_team_id,
        "language": ticket.language,
        "subject": ticket.subject,
        "summary": ticket.summary,
        "meta": ticket.meta,
        "tags": tags(store, ticket),
        "custom_fields": custom_fields(ticket),
        "messages": messages.collect::<Vec<_>>(),
        "created_datetime": ticket.created_datetime,
        "processed_datetime": ticket.processed_datetime,
        "opened_datetime": ticket.opened_datetime,
        "last_received_message_datetime": ticket.last_received_message_datetime,
        "last_message_datetime": ticket.last_message_datetime,
        "updated_datetime": ticket.updated_datetime,
        "closed_datetime": ticket.closed_datetime,
        "trashed_datetime": ticket.trashed_datetime,
        "snooze_datetime": ticket.snooze_datetime,
        "satisfaction_survey": null,
        "reply_options": reply_options.collect::<Map<_, _>>(),
        "requester": customer,
        "is_unread": ticket.is_unread,
    });
    if is_created || ticket.custom_fields.is_empty() {
        super::remove(&mut whole, &["custom_fields"]);
    }
    whole
}

/// Returns the agent that a ticket is assigned to. Only such an agent has a
/// `bio`.
pub(super) fn assignee_user(store: &Store, ticket: &Ticket) -> Option<Value> {
    let agent = store.agent(ticket.assignee_user_id?)?;
    let mut person = customer::agent(agent);
    super::set(&mut person, "bio", Value::Null);
    Some(person)
}

/// Returns the team that a ticket is assigned to. A team that the account
/// doesn't have gets a made-up name.
pub(super) fn assignee_team(store: &Store, ticket: &Ticket) -> Option<Value> {
    let id = ticket.assignee_team_id?;
    let team = store.resource(ResourceKind::Teams, id);
    let member = |name: &str| team.and_then(|team| team.get(name)).cloned();
    let name = member("name").filter(Value::is_string);
    Some(json!({
        "id": id,
        "name": name.unwrap_or_else(|| format!("Team {id}").into()),
        "decoration": member("decoration"),
    }))
}

/// Returns a ticket's tags, in the order they were given.
pub(super) fn tags(store: &Store, ticket: &Ticket) -> Vec<Value> {
    let tags = ticket.tag_ids.iter().filter_map(|&id| {
        let tag = store.tag(id)?;
        let (name, decoration) = (tag.get("name")?.as_str()?, tag.get("decoration")?);
        Some(json!({ "id": id, "name": name, "decoration": decoration }))
    });
    tags.collect()
}

/// Returns values of custom fields by the id of the field's definition.
pub(super) fn custom_fields(ticket: &Ticket) -> Map<String, Value> {
    let fields = ticket.custom_fields.iter();
    let mut fields: Map<String, Value> = fields
        .map(|(id, value)| (id.to_string(), json!({ "id": id, "value": value })))
        .collect();
    fields.sort_keys();
    fields
}
