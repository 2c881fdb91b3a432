//! Users of the account as senders and assignees. They are found by id or
//! e-mail address, and created when new.

use serde_json::{Map, Value, json};

use super::Store;
use super::collection::{Resource, ResourceKind};
use super::customer::email;
use super::read::NewPerson;
use crate::timestamp::Timestamp;

impl Store {
    pub(crate) fn agent(&self, id: i64) -> Option<&Resource> {
        self.resource(ResourceKind::Users, id)
    }

    /// Returns the id of the agent with an e-mail address.
    pub(crate) fn agent_with(&self, email: &str) -> Option<i64> {
        self.resource_with(ResourceKind::Users, "email", email)
    }

    /// Adds the agent who makes a request to the users.
    pub(crate) fn know_caller(&mut self, email: &str, now: Timestamp) -> i64 {
        let person = NewPerson {
            email: Some(email.to_owned()),
            ..NewPerson::default()
        };
        self.resolve_agent(&person, now)
    }

    /// Finds or creates an agent by id or e-mail.
    pub(super) fn resolve_agent(&mut self, person: &NewPerson, now: Timestamp) -> i64 {
        let mut given: Resource = Map::new();
        let mut give = |key: &str, value: Value| given.insert(key.to_owned(), value);
        if let Some(name) = &person.name {
            give("name", json!(name));
        }
        if let Some(meta) = &person.meta {
            give("meta", meta.clone());
        }
        let email = email(person);
        let known = person.id.filter(|&id| self.agent(id).is_some());
        if let Some(id) = known.or_else(|| self.agent_with(email.as_ref()?)) {
            let _ = self.alter(ResourceKind::Users, id, &given);
            return id;
        }
        if let Some(email) = email {
            give("email", json!(email));
        }
        match person.id.filter(|&id| id > 0) {
            Some(id) => {
                self.keep(ResourceKind::Users, id, &given, now);
                id
            }
            None => self.add(ResourceKind::Users, &given, now),
        }
    }
}
