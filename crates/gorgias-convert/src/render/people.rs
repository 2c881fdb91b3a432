//! Converts the customers and agents of a conversation.

use gorgias::api::types::{CreateParticipant, CreateParticipantChannel};

use super::{Rendering, with};
use crate::NoticeKind;
use crate::conversation::{Author, Conversation, Person};
use crate::map::{AgentRef, Mapped};
use crate::value_counts::Table;

impl<'r> Rendering<'r> {
    /// The customer of a conversation.
    pub(super) fn customer(&mut self, conversation: &Conversation) -> CreateParticipant {
        let Some(person) = &conversation.customer else {
            let detail = "the customer is not known";
            self.notices
                .add(NoticeKind::Unreachable, "/customer", detail);
            return self.unknown(None);
        };
        let customer = self.customer_of(person, "/customer");
        if is_reachable(&customer) {
            return customer;
        }
        let detail = "the customer has neither an e-mail address nor a phone number";
        self.notices
            .add(NoticeKind::Unreachable, "/customer", detail);
        if customer.get_name().is_none() || self.map.unknown_customer.is_some() {
            return self.unknown(Some(&person.id));
        }
        customer
    }

    /// The map's entry for an agent.
    pub(super) fn agent(&mut self, person: &Person) -> Option<&'r Mapped<AgentRef>> {
        let agents = &self.map.agents;
        let by_email = || agents.get(person.email.as_deref()?);
        let mapped = agents.get(&person.id).or_else(by_email);
        let counts = &mut self.counts;
        let value_count = counts.count(Table::Agents, &person.id, mapped, None, self.external_id);
        if value_count.label.is_none() {
            let known = person.name.iter().chain(&person.email);
            let known: Vec<_> = known.map(String::as_str).collect();
            value_count.label = Some(known.join(", "));
        }
        mapped
    }

    /// The author of a message.
    pub(super) fn sender(
        &mut self,
        author: &Author,
        private: bool,
        at: &str,
    ) -> Option<CreateParticipant> {
        match author {
            Author::Agent(person) => match self.agent(person) {
                Some(Mapped::LeftOut) => None,
                Some(Mapped::To(AgentRef::Id(id))) => Some(CreateParticipant::new().id(*id)),
                Some(Mapped::To(AgentRef::Email(email))) => {
                    self.sending_agent(Some(email), person, at)
                }
                None => self.sending_agent(person.email.as_deref(), person, at),
            },
            Author::Customer(person) => {
                if private {
                    let detail = "a customer wrote a private message; it is an internal note";
                    self.notices.add(NoticeKind::PrivateByCustomer, at, detail);
                }
                let customer = self.customer_of(person, &format!("{at}/sender"));
                Some(
                    match is_reachable(&customer) || customer.get_name().is_some() {
                        true => customer,
                        false => self.unknown(Some(&person.id)),
                    },
                )
            }
            Author::System => None,
            Author::Unknown(id) => {
                let detail = match id {
                    Some(id) => format!("the author {id} is not in the input"),
                    None => "the author is not in the input".to_owned(),
                };
                self.notices.add(NoticeKind::UnknownAuthor, at, detail);
                // An internal note gets no sender, because the helpdesk would make a
                // customer of an unknown sender.
                (!private).then(|| self.unknown(id.as_deref()))
            }
        }
    }

    /// An agent with an e-mail address, or else with a name. Other members are left out,
    /// because they would change the agent's data in the helpdesk.
    fn sending_agent(
        &mut self,
        email: Option<&str>,
        person: &Person,
        at: &str,
    ) -> Option<CreateParticipant> {
        let agent = CreateParticipant::new();
        let email =
            email.and_then(|email| self.notices.email(email, &format!("{at}/sender/email")));
        if let Some(email) = email {
            return Some(agent.email(email));
        }
        let name = person.name.clone()?;
        let name = self.notices.header(name, &format!("{at}/sender/name"))?;
        Some(agent.name(name))
    }

    /// A customer with a name, and with an e-mail address or else a phone number.
    fn customer_of(&mut self, person: &Person, at: &str) -> CreateParticipant {
        let notices = &mut self.notices;
        let name = person.name.clone();
        let name = name.and_then(|name| notices.header(name, &format!("{at}/name")));
        let email = person.email.as_deref();
        let email = email.and_then(|email| notices.email(email, &format!("{at}/email")));
        let phone = person.phone.clone().filter(|_| email.is_none());
        let phone = phone.and_then(|phone| notices.header(phone, &format!("{at}/channels")));
        let phone = phone.map(|phone| vec![CreateParticipantChannel::new(phone.trim(), "phone")]);
        let customer = with(CreateParticipant::new(), email, CreateParticipant::email);
        let customer = with(customer, name, CreateParticipant::name);
        with(customer, phone, CreateParticipant::channels)
    }

    /// A stand-in for a person who isn't in the input, or of whom the input has too
    /// little data.
    fn unknown(&self, id: Option<&str>) -> CreateParticipant {
        let unknown = CreateParticipant::new();
        match (self.map.unknown_customer.as_deref(), id) {
            (Some(email), _) => unknown.email(email).name("Deleted user"),
            (None, Some(id)) => {
                let name = format!("Deleted user {id}");
                unknown.name(name.replace(['\r', '\n', '\0'], " "))
            }
            (None, None) => unknown.name("Deleted user"),
        }
    }
}

fn is_reachable(customer: &CreateParticipant) -> bool {
    customer.get_email().is_some() || customer.get_channels().is_some()
}
