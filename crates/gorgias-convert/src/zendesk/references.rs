//! Finds the people, groups and organisations that a ticket refers to.

use serde_json::{Map, Value, json};

use super::members::{Members, id_of};
use super::people::{GROUPS, ORGANIZATIONS, USERS, person};
use super::ticket::TicketReader;
use crate::conversation::{Named, Person};
use crate::error::Error;

/// The members with people who get copies of a ticket.
const COPIED: &[&str] = &["email_cc_ids", "collaborator_ids", "follower_ids"];

impl TicketReader<'_> {
    /// Returns a person of a ticket. `id` is the name of the member with the person's id.
    /// `whole` is the name of the member that contains the person's data in some exports;
    /// the data in the store takes precedence over it.
    pub(super) fn person(
        &mut self,
        members: &mut Members<'_>,
        id: &str,
        whole: &str,
    ) -> Result<Option<Person>, Error> {
        let embedded = members.object(whole);
        let embedded = embedded.and_then(|mut members| person(&mut members));
        let id = members.id(id);
        let id = id.or_else(|| Some(embedded.as_ref()?.id.clone()));
        let Some(id) = id else { return Ok(None) };
        let known = self.store.person(USERS, &id)?.or(embedded);
        Ok(Some(Person {
            id,
            ..known.unwrap_or_default()
        }))
    }

    pub(super) fn group(&mut self, members: &mut Members<'_>) -> Result<Option<Named>, Error> {
        let mut embedded = members.object("group").unwrap_or_default();
        let id = members.id("group_id").or_else(|| embedded.id("id"));
        let Some(id) = id else { return Ok(None) };
        let name = self.store.name(GROUPS, &id)?;
        let name = name.or_else(|| embedded.text("name"));
        Ok(Some(Named { id, name }))
    }

    /// Puts the name of the organisation of the ticket, or else of its requester, into
    /// `meta`; without a name, its id.
    pub(super) fn organization(
        &mut self,
        members: &mut Members<'_>,
        requester: Option<&Person>,
        meta: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        let embedded = members.object("organization");
        let name = embedded.and_then(|mut embedded| embedded.text("name"));
        let id = members.id("organization_id");
        let id = id.or_else(|| requester?.organization.clone());
        let stored = match &id {
            Some(id) => self.store.name(ORGANIZATIONS, id)?,
            None => None,
        };
        if let Some(organization) = stored.or(name).or(id) {
            meta.insert("organization".to_owned(), json!(organization));
        }
        Ok(())
    }

    /// Puts the people who get copies of a ticket into `meta`, each with the address, or
    /// else the name or the id.
    pub(super) fn copied(
        &mut self,
        members: &mut Members<'_>,
        meta: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        let mut copied: Vec<String> = Vec::new();
        for name in COPIED {
            for value in members.list(name) {
                let id = id_of(&value).unwrap_or_else(|| Value::from(value).to_string());
                let person = self.store.person(USERS, &id)?;
                let known = person.and_then(|person| person.email.or(person.name));
                let known = known.unwrap_or(id);
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
}
