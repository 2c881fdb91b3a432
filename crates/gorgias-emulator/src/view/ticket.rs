//! The form of a whole ticket in answers.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::customer::{CustomerView, PersonView};
use super::message::MessageView;
use crate::store::{ResourceKind, Store, Ticket};

/// The kind of answer that contains a whole ticket. The answers differ in a few
/// keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TicketForm {
    /// The answer to a create.
    Created,
    Read,
    Updated,
}

/// Returns the team that a ticket is assigned to. A team that the account
/// doesn't have gets a made-up name.
pub(crate) fn team(store: &Store, id: i64) -> Value {
    let team = store.resource(ResourceKind::Teams, id);
    let name = team.and_then(|team| team.get("name")?.as_str());
    let name = name.map_or_else(|| format!("Team {id}"), str::to_owned);
    let decoration = team.and_then(|team| team.get("decoration"));
    json!({ "id": id, "name": name, "decoration": decoration })
}

/// Returns a ticket's tags, in the order they were given.
pub(crate) fn tags(store: &Store, ticket: &Ticket) -> Vec<Value> {
    let tags = ticket.tag_ids.iter().filter_map(|&id| {
        let tag = store.tag(id)?;
        Some(json!({ "id": id, "name": tag.get("name")?, "decoration": tag.get("decoration")? }))
    });
    tags.collect()
}

/// Returns a ticket's values of custom fields by the id of the field's
/// definition.
pub(crate) fn custom_fields(ticket: &Ticket) -> BTreeMap<String, Value> {
    let fields = ticket.custom_fields.iter();
    fields
        .map(|(id, value)| (id.to_string(), json!({ "id": id, "value": value })))
        .collect()
}

#[derive(Serialize)]
struct ReplyOption {
    answerable: bool,
}

/// Returns whole tickets, each in the form of the answer to a read.
pub(crate) fn read<'a>(store: &'a Store, tickets: impl Iterator<Item = &'a Ticket>) -> Vec<Value> {
    let views = tickets.map(|ticket| TicketView {
        store,
        ticket,
        form: TicketForm::Read,
    });
    views.map(|view| super::json(&view)).collect()
}

/// A whole ticket.
pub(crate) struct TicketView<'a> {
    pub(crate) store: &'a Store,
    pub(crate) ticket: &'a Ticket,
    pub(crate) form: TicketForm,
}

impl Serialize for TicketView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (store, ticket) = (self.store, self.ticket);
        let is_created = self.form == TicketForm::Created;
        let customer = ticket.customer_id.and_then(|id| store.customer(id));
        let with_data = self.form == TicketForm::Read;
        let customer_view = customer.map(|customer| CustomerView {
            customer,
            with_data,
        });
        let assignee = ticket.assignee_user_id.and_then(|id| store.agent(id));
        let team = ticket.assignee_team_id.map(|id| team(store, id));
        let messages = ticket.messages.iter().map(|message| MessageView {
            store,
            ticket_id: ticket.id,
            message,
            with_macros: is_created,
        });
        let channels = customer.into_iter().flat_map(|customer| &customer.channels);
        let kinds = channels.map(|channel| channel.kind.as_str());
        let kinds = kinds.chain(["internal-note"]);
        let reply_options = kinds.map(|kind| (kind, ReplyOption { answerable: true }));
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", &ticket.id)?;
        object.serialize_entry("uri", &format!("/api/tickets/{}/", ticket.id))?;
        object.serialize_entry("external_id", &ticket.external_id)?;
        object.serialize_entry("events", &[(); 0])?;
        object.serialize_entry("status", &ticket.status)?;
        object.serialize_entry("priority", &ticket.priority)?;
        object.serialize_entry("channel", &ticket.channel)?;
        object.serialize_entry("via", &ticket.via)?;
        object.serialize_entry("from_agent", &ticket.from_agent)?;
        object.serialize_entry("spam", &ticket.spam)?;
        object.serialize_entry("imported", &ticket.imported)?;
        object.serialize_entry("customer", &customer_view)?;
        object.serialize_entry("assignee_user", &assignee.map(PersonView::Assignee))?;
        object.serialize_entry("assignee_user_id", &ticket.assignee_user_id)?;
        object.serialize_entry("assignee_team", &team)?;
        object.serialize_entry("assignee_team_id", &ticket.assignee_team_id)?;
        object.serialize_entry("language", &ticket.language)?;
        object.serialize_entry("subject", &ticket.subject)?;
        object.serialize_entry("summary", &ticket.summary)?;
        object.serialize_entry("meta", &ticket.meta)?;
        object.serialize_entry("tags", &tags(store, ticket))?;
        if !is_created && !ticket.custom_fields.is_empty() {
            object.serialize_entry("custom_fields", &custom_fields(ticket))?;
        }
        object.serialize_entry("messages", &messages.collect::<Vec<_>>())?;
        object.serialize_entry("created_datetime", &ticket.created_datetime)?;
        object.serialize_entry("processed_datetime", &ticket.processed_datetime)?;
        object.serialize_entry("opened_datetime", &ticket.opened_datetime)?;
        let received = &ticket.last_received_message_datetime;
        object.serialize_entry("last_received_message_datetime", received)?;
        object.serialize_entry("last_message_datetime", &ticket.last_message_datetime)?;
        object.serialize_entry("updated_datetime", &ticket.updated_datetime)?;
        object.serialize_entry("closed_datetime", &ticket.closed_datetime)?;
        object.serialize_entry("trashed_datetime", &ticket.trashed_datetime)?;
        object.serialize_entry("snooze_datetime", &ticket.snooze_datetime)?;
        object.serialize_entry("satisfaction_survey", &())?;
        object.serialize_entry("reply_options", &reply_options.collect::<BTreeMap<_, _>>())?;
        object.serialize_entry("requester", &customer_view)?;
        object.serialize_entry("is_unread", &ticket.is_unread)?;
        object.end()
    }
}
