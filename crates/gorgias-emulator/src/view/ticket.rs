//! The form of a whole ticket in answers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Nothing;
use super::customer::{CustomerView, PersonView};
use super::message::MessageView;
use crate::store::{ResourceKind, Store, Ticket};
use crate::timestamp::Timestamp;

/// The answer that a ticket is written for. They differ in a few keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TicketForm {
    /// The answer to a create.
    Created,
    Read,
    Updated,
}

#[derive(Serialize)]
pub(crate) struct TicketView<'a> {
    id: i64,
    uri: String,
    external_id: Option<&'a str>,
    events: Nothing,
    status: &'a str,
    priority: &'a str,
    channel: &'a str,
    via: &'a str,
    from_agent: bool,
    spam: bool,
    /// Null if the service created it.
    imported: Option<bool>,
    customer: Option<CustomerView<'a>>,
    assignee_user: Option<PersonView<'a>>,
    assignee_user_id: Option<i64>,
    assignee_team: Option<TeamView<'a>>,
    assignee_team_id: Option<i64>,
    language: Option<&'a str>,
    subject: Option<&'a str>,
    summary: Option<&'a Value>,
    meta: Option<&'a Value>,
    tags: Vec<TagView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_fields: Option<CustomFields<'a>>,
    messages: Vec<MessageView<'a>>,
    created_datetime: Timestamp,
    processed_datetime: Timestamp,
    opened_datetime: Option<Timestamp>,
    last_received_message_datetime: Option<Timestamp>,
    last_message_datetime: Option<Timestamp>,
    updated_datetime: Timestamp,
    closed_datetime: Option<Timestamp>,
    trashed_datetime: Option<Timestamp>,
    snooze_datetime: Option<Timestamp>,
    satisfaction_survey: Option<Nothing>,
    reply_options: BTreeMap<&'a str, ReplyOption>,
    requester: Option<CustomerView<'a>>,
    is_unread: bool,
}

/// The team that a ticket is assigned to. A team that the account doesn't have
/// gets a made-up name.
#[derive(Serialize)]
pub(crate) struct TeamView<'a> {
    id: i64,
    name: Cow<'a, str>,
    decoration: Option<&'a Value>,
}

impl<'a> TeamView<'a> {
    pub(crate) fn new(store: &'a Store, id: i64) -> Self {
        let team = store.resource(ResourceKind::Teams, id);
        let name = team.and_then(|team| team.get("name")?.as_str());
        Self {
            id,
            name: name.map_or_else(|| format!("Team {id}").into(), Cow::from),
            decoration: team.and_then(|team| team.get("decoration")),
        }
    }
}

/// A tag of a ticket.
#[derive(Serialize)]
pub(crate) struct TagView<'a> {
    id: i64,
    name: &'a str,
    decoration: &'a Value,
}

/// Returns a ticket's tags, in the order they were given.
pub(crate) fn tags<'a>(store: &'a Store, ticket: &Ticket) -> Vec<TagView<'a>> {
    let tags = ticket.tag_ids.iter().filter_map(|&id| {
        let tag = store.tag(id)?;
        Some(TagView {
            id,
            name: tag.get("name")?.as_str()?,
            decoration: tag.get("decoration")?,
        })
    });
    tags.collect()
}

/// Values of custom fields by the id of the field's definition.
pub(crate) type CustomFields<'a> = BTreeMap<String, CustomFieldView<'a>>;

#[derive(Serialize)]
pub(crate) struct CustomFieldView<'a> {
    id: i64,
    value: &'a Value,
}

pub(crate) fn custom_fields(ticket: &Ticket) -> CustomFields<'_> {
    let fields = ticket.custom_fields.iter();
    fields
        .map(|(id, value)| (id.to_string(), CustomFieldView { id: *id, value }))
        .collect()
}

#[derive(Serialize)]
struct ReplyOption {
    answerable: bool,
}

impl<'a> TicketView<'a> {
    pub(crate) fn new(store: &'a Store, ticket: &'a Ticket, form: TicketForm) -> Self {
        let id = ticket.id;
        let created = form == TicketForm::Created;
        let with_data = form == TicketForm::Read;
        let customer = ticket.customer_id.and_then(|id| store.customer(id));
        Self {
            id,
            uri: format!("/api/tickets/{id}/"),
            external_id: ticket.external_id.as_deref(),
            events: [],
            status: &ticket.status,
            priority: &ticket.priority,
            channel: &ticket.channel,
            via: &ticket.via,
            from_agent: ticket.from_agent,
            spam: ticket.spam,
            imported: ticket.imported,
            customer: customer.map(|customer| CustomerView::new(customer, with_data)),
            assignee_user: ticket
                .assignee_user_id
                .and_then(|id| store.agent(id))
                .map(PersonView::assignee),
            assignee_user_id: ticket.assignee_user_id,
            assignee_team: ticket.assignee_team_id.map(|id| TeamView::new(store, id)),
            assignee_team_id: ticket.assignee_team_id,
            language: ticket.language.as_deref(),
            subject: ticket.subject.as_deref(),
            summary: ticket.summary.as_ref(),
            meta: ticket.meta.as_ref(),
            tags: tags(store, ticket),
            custom_fields: (!created && !ticket.custom_fields.is_empty())
                .then(|| custom_fields(ticket)),
            messages: ticket
                .messages
                .iter()
                .map(|message| MessageView::new(store, id, message, created))
                .collect(),
            created_datetime: ticket.created_datetime,
            processed_datetime: ticket.processed_datetime,
            opened_datetime: ticket.opened_datetime,
            last_received_message_datetime: ticket.last_received_message_datetime,
            last_message_datetime: ticket.last_message_datetime,
            updated_datetime: ticket.updated_datetime,
            closed_datetime: ticket.closed_datetime,
            trashed_datetime: ticket.trashed_datetime,
            snooze_datetime: ticket.snooze_datetime,
            satisfaction_survey: None,
            reply_options: customer
                .into_iter()
                .flat_map(|customer| &customer.channels)
                .map(|channel| channel.kind.as_str())
                .chain(["internal-note"])
                .map(|kind| (kind, ReplyOption { answerable: true }))
                .collect(),
            requester: customer.map(|customer| CustomerView::new(customer, with_data)),
            is_unread: ticket.is_unread,
        }
    }
}
