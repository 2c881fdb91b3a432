//! The customers and agents of one conversation.

use super::Look;
use super::notes::Notes;
use super::person::Participant;
use crate::NoticeKind;
use crate::conversation::{Author, Conversation, Person};
use crate::map::{AgentRef, Entry};
use crate::met::{Fate, Table};

impl Look<'_> {
    /// The customer of a conversation.
    pub(super) fn customer(&self, conversation: &Conversation, notes: &mut Notes) -> Participant {
        let unknown = self.map.unknown_customer.as_deref();
        let Some(person) = &conversation.customer else {
            notes.add(
                NoticeKind::Unreachable,
                "/customer",
                "the customer is not known",
            );
            return Participant::unknown(None, unknown);
        };
        let customer = Participant::customer(person, "/customer", notes);
        if customer.is_reachable() {
            return customer;
        }
        notes.add(
            NoticeKind::Unreachable,
            "/customer",
            "the customer has neither an e-mail address nor a phone number",
        );
        if customer.name.is_none() || unknown.is_some() {
            return Participant::unknown(Some(&person.id), unknown);
        }
        customer
    }

    /// What the map says of an agent.
    pub(super) fn agent(&mut self, person: &Person) -> Option<&Entry<AgentRef>> {
        let by_id = self.map.agents.get(&person.id);
        let email = || self.map.agents.get(person.email.as_deref()?);
        let entry = by_id.or_else(email);
        let fate = match entry {
            Some(Entry::To(_)) => Fate::Mapped,
            Some(_) => Fate::Dropped,
            None => Fate::Unmapped,
        };
        let met = self.met.add(Table::Agents, &person.id, fate, self.ticket);
        if met.label.is_none() {
            let known = person.name.iter().chain(&person.email);
            let known: Vec<_> = known.map(String::as_str).collect();
            met.label = Some(known.join(", "));
        }
        entry
    }

    /// Who wrote a message.
    pub(super) fn sender(
        &mut self,
        author: &Author,
        private: bool,
        at: &str,
        notes: &mut Notes,
    ) -> Option<Participant> {
        let at_sender = format!("{at}/sender");
        match author {
            Author::Agent(person) => match self.agent(person).cloned() {
                Some(Entry::LeftOut) => None,
                Some(Entry::To(known)) => {
                    Participant::agent(Some(&known), person, &at_sender, notes)
                }
                _ => Participant::agent(None, person, &at_sender, notes),
            },
            Author::Customer(person) => {
                if private {
                    notes.add(
                        NoticeKind::PrivateByCustomer,
                        at,
                        "a customer wrote a private message; it is an internal note",
                    );
                }
                let customer = Participant::customer(person, &at_sender, notes);
                if customer.is_reachable() || customer.name.is_some() {
                    return Some(customer);
                }
                let unknown = self.map.unknown_customer.as_deref();
                Some(Participant::unknown(Some(&person.id), unknown))
            }
            Author::System => None,
            Author::Unknown(id) => {
                notes.add(
                    NoticeKind::UnknownAuthor,
                    at,
                    match id {
                        Some(id) => format!("the author {id} is not in the input"),
                        None => "the author is not in the input".to_owned(),
                    },
                );
                // In place of an agent, nobody is better than a new customer.
                let unknown = self.map.unknown_customer.as_deref();
                (!private).then(|| Participant::unknown(id.as_deref(), unknown))
            }
        }
    }
}
