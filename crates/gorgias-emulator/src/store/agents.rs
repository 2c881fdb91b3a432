//! Users of the account as senders and assignees. They are found by id or e-mail address,
//! and created if they are unknown.

use serde_json::json;

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

    /// Returns the id of the agent who makes a request. A new agent is added to the users.
    pub(crate) fn add_caller(&mut self, email: &str, now: Timestamp) -> i64 {
        let person = NewPerson {
            email: Some(email.to_owned()),
            ..NewPerson::default()
        };
        self.resolve_agent(&person, now)
    }

    /// Finds or creates an agent by id or e-mail.
    pub(super) fn resolve_agent(&mut self, person: &NewPerson, now: Timestamp) -> i64 {
        let name = person.name.as_ref().map(|name| json!(name));
        let members = [("name", name), ("meta", person.meta.clone())].into_iter();
        let members = members.filter_map(|(member, value)| Some((member.to_owned(), value?)));
        let mut given: Resource = members.collect();
        let email = email(person);
        let known = person.id.filter(|&id| self.agent(id).is_some());
        if let Some(id) = known.or_else(|| self.agent_with(email.as_ref()?)) {
            let _ = self.alter(ResourceKind::Users, id, &given);
            return id;
        }
        if let Some(email) = email {
            given.insert("email".to_owned(), json!(email));
        }
        let id = person.id.filter(|&id| id > 0);
        self.add(ResourceKind::Users, id, &given, now)
    }
}
