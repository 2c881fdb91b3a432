//! People, as the API names them.

use serde::Serialize;

use super::notes::Notes;
use super::text;
use crate::conversation::Person;
use crate::map::AgentRef;

/// Who sends or receives a message.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Participant {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) channels: Vec<Channel>,
}

#[derive(Clone, Serialize)]
pub(crate) struct Channel {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) address: String,
}

impl Participant {
    /// A customer, by e-mail address, or else by phone number.
    pub(crate) fn customer(person: &Person, at: &str, notes: &mut Notes) -> Self {
        let name = person.name.clone();
        let name = name.and_then(|name| text::header(name, &format!("{at}/name"), notes));
        let email = person.email.as_deref();
        let email = email.and_then(|email| text::email(email, &format!("{at}/email"), notes));
        let phone = person.phone.clone().filter(|_| email.is_none());
        let phone = phone.and_then(|phone| text::header(phone, &format!("{at}/channels"), notes));
        Self {
            id: None,
            email,
            name,
            channels: phone
                .into_iter()
                .map(|phone| Channel {
                    kind: "phone",
                    address: phone.trim().to_owned(),
                })
                .collect(),
        }
    }

    /// Somebody who isn't in the input.
    pub(crate) fn unknown(id: Option<&str>, email: Option<&str>) -> Self {
        let name = match id {
            Some(id) => format!("Deleted user {id}"),
            None => "Deleted user".to_owned(),
        };
        let name = match email {
            Some(_) => "Deleted user".to_owned(),
            None => name.replace(['\r', '\n', '\0'], " "),
        };
        Self {
            email: email.map(str::to_owned),
            name: Some(name),
            ..Self::default()
        }
    }

    /// An agent. Nothing is said beside what finds it: that would change the
    /// agent's data.
    pub(crate) fn agent(
        known: Option<&AgentRef>,
        person: &Person,
        at: &str,
        notes: &mut Notes,
    ) -> Option<Self> {
        let email = match known {
            Some(AgentRef::Id(id)) => {
                return Some(Self {
                    id: Some(*id),
                    ..Self::default()
                });
            }
            Some(AgentRef::Email(email)) => Some(email.as_str()),
            None => person.email.as_deref(),
        };
        let email = email.and_then(|email| text::email(email, &format!("{at}/email"), notes));
        if email.is_some() {
            return Some(Self {
                email,
                ..Self::default()
            });
        }
        let name = person.name.clone();
        let name = name.and_then(|name| text::header(name, &format!("{at}/name"), notes));
        name.map(|name| Self {
            name: Some(name),
            ..Self::default()
        })
    }

    /// Whether only messages can name it, and not a ticket.
    pub(crate) fn has_only_channels(&self) -> bool {
        self.email.is_none() && !self.channels.is_empty()
    }

    pub(crate) fn is_reachable(&self) -> bool {
        self.email.is_some() || !self.channels.is_empty()
    }
}
