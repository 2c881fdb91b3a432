//! What a ticket refers to: people, groups and organisations.

use serde_json::{Map, Value, json};

use super::members::Members;
use super::ticket::Reader;
use crate::conversation::{Named, Person};
use crate::error::Error;

/// The people who are told of a ticket.
const COPIED: &[&str] = &["email_cc_ids", "collaborator_ids", "follower_ids"];

impl Reader<'_> {
    /// Somebody that a ticket names by id, or as a whole.
    pub(super) fn reference(
        &mut self,
        members: &mut Members<'_>,
        name: &str,
        embedded: Option<&Person>,
    ) -> (Option<String>, Option<Person>) {
        let id = members.id(name);
        let id = id.or_else(|| embedded.map(|person| person.id.clone()));
        (id, embedded.cloned())
    }

    /// What is known of a person: the users go before the ticket.
    pub(super) fn known(
        &mut self,
        id: Option<&str>,
        embedded: Option<Person>,
    ) -> Result<Option<Person>, Error> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.store.person(id)?.or(embedded))
    }

    pub(super) fn group(
        &mut self,
        members: &mut Members<'_>,
        embedded: Option<Named>,
    ) -> Result<Option<Named>, Error> {
        let Some(id) = members.id("group_id") else {
            return Ok(embedded);
        };
        let name = self.store.name("groups", &id)?;
        let name = name.or_else(|| embedded.and_then(|group| group.name));
        Ok(Some(Named { id, name }))
    }

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
            Some(id) => self.store.name("organizations", id)?,
            None => None,
        };
        if let Some(organization) = stored.or(name).or(id) {
            meta.insert("organization".to_owned(), json!(organization));
        }
        Ok(())
    }

    /// The addresses of those who are told of a ticket.
    pub(super) fn copied(
        &mut self,
        members: &mut Members<'_>,
        meta: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        let mut copied: Vec<String> = Vec::new();
        for name in COPIED {
            for value in members.list(name) {
                let id = Value::from(value).to_string();
                let id = id.trim_matches('"');
                let person = self.store.person(id)?;
                let known = person.and_then(|person| person.email.or(person.name));
                let known = known.unwrap_or_else(|| id.to_owned());
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
