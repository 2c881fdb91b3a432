//! Changes and deletes tickets.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Store;
use super::collection::Resource;
use super::create::{Context, EMAIL_TAKEN};
use super::refused::Refused;
use super::ticket::Ticket;
use super::values::{self, Values};
use crate::request::{NewPerson, NewTag, integer};
use crate::timestamp::Timestamp;

/// Returns a member of a body. Returns `None` when it is absent or can't be
/// read.
pub(super) fn given<T: DeserializeOwned>(body: &Resource, member: &str) -> Option<T> {
    serde_json::from_value(body.get(member)?.clone()).ok()
}

/// Sets a value from a member, if the body has it. Null clears an optional
/// value.
pub(super) fn take_over<T: DeserializeOwned>(target: &mut T, body: &Resource, member: &str) {
    if let Some(value) = given(body, member) {
        *target = value;
    }
}

/// Values of custom fields, from a list of ids and values.
fn in_values(fields: &[Resource]) -> Values {
    let mut all = Values::new();
    for field in fields {
        if let Some(id) = field.get("id").and_then(|id| integer(id).ok().flatten()) {
            let value = field.get("value").cloned().unwrap_or_default();
            values::set(&mut all, id, value);
        }
    }
    all
}

impl Store {
    /// Changes the members in the body.
    pub(crate) fn update_ticket(
        &mut self,
        id: i64,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        let before = self.ticket(id).ok_or(Refused::NotFound)?;
        let (status, assignee) = (before.status.clone(), before.assignee_user);
        let trashed = before.trashed;
        let fields = given::<Vec<Resource>>(body, "custom_fields").map(|fields| in_values(&fields));
        if let Some(fields) = &fields {
            self.check_managed(&before.custom_fields, fields)?;
        }
        let person: Option<NewPerson> = given(body, "customer");
        if person
            .as_ref()
            .is_some_and(|person| self.people.takes_anothers_email(person))
        {
            let path = vec!["customer".to_owned(), "email".to_owned()];
            return Err(Refused::at(path, EMAIL_TAKEN));
        }
        let tags: Option<Vec<NewTag>> = given(body, "tags");
        self.check_tags_exist(tags.as_deref().unwrap_or_default())?;
        let tags = tags.map(|tags| self.resolve_tags(tags, context.now));
        let customer =
            person.map(|person| self.people.resolve(&person, &mut self.ids, context.now));
        let reference = |member: &str| {
            let reference = body.get(member)?;
            let id = reference
                .get("id")
                .and_then(|id| integer(id).ok().flatten());
            Some(id.filter(|&id| id > 0))
        };
        let assigned = reference("assignee_user").map(|id| self.assignee(id, context.now));
        let team = reference("assignee_team");
        self.change(id, |ticket| {
            ticket.tags = tags.unwrap_or_else(|| std::mem::take(&mut ticket.tags));
            ticket.custom_fields =
                fields.unwrap_or_else(|| std::mem::take(&mut ticket.custom_fields));
            ticket.customer = customer.or(ticket.customer);
            ticket.assignee_user = assigned.unwrap_or(ticket.assignee_user);
            ticket.assignee_team = team.unwrap_or(ticket.assignee_team);
            ticket.apply(body, context.now);
        })?;
        let after = self.ticket(id).ok_or(Refused::NotFound)?;
        let mut kinds: Vec<(&'static str, Option<Value>)> = vec![("ticket-updated", None)];
        if after.status != status {
            let closed = after.status == "closed";
            kinds.push((
                if closed {
                    "ticket-closed"
                } else {
                    "ticket-reopened"
                },
                None,
            ));
        }
        if after.trashed.is_some() != trashed.is_some() {
            let is_trashed = after.trashed.is_some();
            kinds.push((
                if is_trashed {
                    "ticket-trashed"
                } else {
                    "ticket-untrashed"
                },
                None,
            ));
        }
        match after.assignee_user {
            same if same == assignee => {}
            Some(user) => {
                let data = json!({ "assignee_user_id": user });
                kinds.push(("ticket-assigned", Some(data)));
            }
            None => kinds.push(("ticket-unassigned", None)),
        }
        let events = self.events.context();
        for (kind, data) in kinds {
            self.happened(events, context, kind, ("Ticket", id), data);
        }
        Ok(())
    }

    /// Deletes a ticket with its messages.
    pub(crate) fn delete_ticket(&mut self, id: i64, context: Context<'_>) -> Result<(), Refused> {
        self.take(id).ok_or(Refused::NotFound)?;
        self.happened_alone(context, "ticket-deleted", ("Ticket", id), None);
        Ok(())
    }

    /// Changes a ticket's tags. `tags` makes the new ones from the old.
    pub(crate) fn retag(
        &mut self,
        id: i64,
        context: Context<'_>,
        tags: impl FnOnce(Vec<i64>) -> Vec<i64>,
    ) -> Result<(), Refused> {
        self.change(id, |ticket| {
            ticket.tags = tags(std::mem::take(&mut ticket.tags));
            ticket.updated = context.now;
        })?;
        self.happened_alone(context, "ticket-updated", ("Ticket", id), None);
        Ok(())
    }

    /// Replaces a ticket's values of custom fields. `updated_datetime` stays.
    pub(crate) fn set_ticket_values(&mut self, id: i64, new: Values) -> Result<(), Refused> {
        let ticket = self.ticket(id).ok_or(Refused::NotFound)?;
        self.check_managed(&ticket.custom_fields, &new)?;
        self.change(id, |ticket| ticket.custom_fields = new)
    }
}

impl Ticket {
    /// Sets the members in a body that are of the ticket itself.
    fn apply(&mut self, body: &Resource, now: Timestamp) {
        let was_closed = self.status == "closed";
        take_over(&mut self.external_id, body, "external_id");
        take_over(&mut self.status, body, "status");
        take_over(&mut self.priority, body, "priority");
        take_over(&mut self.channel, body, "channel");
        take_over(&mut self.via, body, "via");
        take_over(&mut self.from_agent, body, "from_agent");
        take_over(&mut self.spam, body, "spam");
        take_over(&mut self.language, body, "language");
        take_over(&mut self.subject, body, "subject");
        take_over(&mut self.meta, body, "meta");
        take_over(&mut self.opened, body, "opened_datetime");
        take_over(&mut self.last_message, body, "last_message_datetime");
        let received = "last_received_message_datetime";
        take_over(&mut self.last_received_message, body, received);
        take_over(&mut self.trashed, body, "trashed_datetime");
        take_over(&mut self.snooze, body, "snooze_datetime");
        take_over(&mut self.is_unread, body, "is_unread");
        match (was_closed, self.status == "closed") {
            (false, true) => self.closed = Some(now),
            (true, false) => self.closed = None,
            _ => {}
        }
        take_over(&mut self.closed, body, "closed_datetime");
        self.updated = given(body, "updated_datetime").unwrap_or(now);
    }
}
