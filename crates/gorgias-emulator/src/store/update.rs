//! Changes and deletes tickets.

use serde_json::json;

use super::collection::Resource;
use super::events::NewEvent;
use super::new_ticket::NewTag;
use super::read::{NewPerson, Reference, given};
use super::refused::Refused;
use super::ticket::Ticket;
use super::values;
use super::{Context, Store};
use crate::timestamp::Timestamp;

impl Store {
    /// Changes the members of a ticket that the body has.
    pub(crate) fn update_ticket(
        &mut self,
        id: i64,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        let before = self.ticket(id).ok_or(Refused::NotFound)?;
        let (status, assignee) = (before.status.clone(), before.assignee_user_id);
        let was_trashed = before.trashed_datetime.is_some();
        let fields = body.get("custom_fields").filter(|fields| fields.is_array());
        let fields = fields.map(values::read);
        if let Some(fields) = &fields {
            self.check_managed(&before.custom_fields, fields)?;
        }
        let person: Option<NewPerson> = given(body, "customer");
        self.customers.check_email(person.as_ref(), &["customer"])?;
        let tags: Option<Vec<NewTag>> = given(body, "tags");
        self.check_tags_exist(tags.as_deref().unwrap_or_default())?;
        let tags = tags.map(|tags| self.resolve_tags(tags, context.now));
        let customer =
            person.map(|person| self.customers.resolve(&person, &mut self.ids, context.now));
        let reference = |member: &str| {
            let reference: Option<Option<Reference>> = given(body, member);
            let id = |reference: Option<Reference>| reference?.id.filter(|&id| id > 0);
            reference.map(id)
        };
        let assigned = reference("assignee_user").map(|id| self.assignee(id, context.now));
        let team = reference("assignee_team");
        self.change(id, |ticket| {
            set(&mut ticket.tag_ids, tags);
            set(&mut ticket.custom_fields, fields);
            set(&mut ticket.customer_id, customer.map(Some));
            set(&mut ticket.assignee_user_id, assigned);
            set(&mut ticket.assignee_team_id, team);
            ticket.apply(body, context.now);
        })?;
        let after = self.ticket(id).ok_or(Refused::NotFound)?;
        let is_trashed = after.trashed_datetime.is_some();
        let mut events: Vec<NewEvent> = vec![("ticket-updated", id, None)];
        if after.status != status {
            let kind = match after.status.as_str() {
                "closed" => "ticket-closed",
                _ => "ticket-reopened",
            };
            events.push((kind, id, None));
        }
        match (was_trashed, is_trashed) {
            (false, true) => events.push(("ticket-trashed", id, None)),
            (true, false) => events.push(("ticket-untrashed", id, None)),
            _ => {}
        }
        match after.assignee_user_id {
            same if same == assignee => {}
            Some(user) => {
                let data = json!({ "assignee_user_id": user });
                events.push(("ticket-assigned", id, Some(data)));
            }
            None => events.push(("ticket-unassigned", id, None)),
        }
        self.add_events(context, events);
        Ok(())
    }

    /// Deletes a ticket with its messages.
    pub(crate) fn delete_ticket(&mut self, id: i64, context: Context<'_>) -> Result<(), Refused> {
        self.take(id).ok_or(Refused::NotFound)?;
        self.add_events(context, [("ticket-deleted", id, None)]);
        Ok(())
    }

    /// Changes a ticket's tags. `tags` returns the new tags for the old ones.
    pub(crate) fn retag(
        &mut self,
        id: i64,
        context: Context<'_>,
        tags: impl FnOnce(Vec<i64>) -> Vec<i64>,
    ) -> Result<(), Refused> {
        self.change(id, |ticket| {
            ticket.tag_ids = tags(std::mem::take(&mut ticket.tag_ids));
            ticket.updated_datetime = context.now;
        })?;
        self.add_events(context, [("ticket-updated", id, None)]);
        Ok(())
    }
}

fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

impl Ticket {
    /// Sets the members in a body, except those that refer to other resources. A
    /// member that can't be read changes nothing.
    fn apply(&mut self, body: &Resource, now: Timestamp) {
        self.updated_datetime = now;
        let was_closed = self.status == "closed";
        let is_closed = body
            .get("status")
            .map_or(was_closed, |status| status == "closed");
        match (was_closed, is_closed) {
            (false, true) => self.closed_datetime = Some(now),
            (true, false) => self.closed_datetime = None,
            _ => {}
        }
        for (member, value) in body {
            let _ = self.set(member, value);
        }
    }
}
