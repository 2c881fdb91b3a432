//! A person in a ticket.

use gorgias_api::types::{
    CreateCustomer, CreateParticipant, CreateParticipantChannel, CreateSourceAddress,
};

/// A person, given by an e-mail address, a phone number, another address, or an id.
///
/// If no customer has the e-mail address, the helpdesk creates one. If a customer
/// has it, the helpdesk uses that customer, and a name given here replaces the
/// stored name.
///
/// A string converts into a contact with that e-mail address, and a number into one
/// with that id. The constructors create all other contacts:
///
/// ```
/// use gorgias::Contact;
///
/// let jane = Contact::email("jane@example.com").name("Jane Doe");
/// let same: Contact = "jane@example.com".into();
/// let known: Contact = 488_071_553.into();
/// let sam = Contact::phone("+1 (555) 123-4567").name("Sam Poe");
/// let visitor = Contact::channel("whatsapp", "+15551234567");
/// let shop = Contact::external_id("customer-17");
/// ```
///
/// Only an id or an e-mail address can name the `customer` of a ticket. If the
/// person of the first message has neither, the ticket is sent without `customer`,
/// and the helpdesk uses the person of the message as the customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    pub(crate) identity: Identity,
    pub(crate) name: Option<String>,
}

/// The address or id of a person.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Identity {
    Id(i64),
    Email(String),
    ExternalId(String),
    Channel { kind: String, address: String },
}

impl Contact {
    /// A person with this e-mail address, of at most 320 characters. If the text is
    /// no [e-mail address](crate::is_email_address), the ticket isn't valid.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self::new(Identity::Email(email.into()))
    }

    /// The customer with this id in the helpdesk; for a sender, it may be an agent.
    #[must_use]
    pub fn id(id: i64) -> Self {
        Self::new(Identity::Id(id))
    }

    /// A person with this phone number, which begins with `+` and the country
    /// code. Spaces, dots, hyphens and brackets are left out. A ticket with a
    /// number of another form isn't valid, unless it was written as JSON.
    ///
    /// It isn't known whether the service finds an existing customer by the number,
    /// or creates another one. To be certain, give the id of an existing customer.
    #[must_use]
    pub fn phone(number: impl AsRef<str>) -> Self {
        Self::channel("phone", bare_number(number.as_ref()))
    }

    /// A person with an address on another channel, such as `whatsapp` and
    /// `+15551234567`. As with [`phone`](Self::phone), it isn't known whether the
    /// service finds an existing customer.
    #[must_use]
    pub fn channel(kind: impl Into<String>, address: impl Into<String>) -> Self {
        Self::new(Identity::Channel {
            kind: kind.into(),
            address: address.into(),
        })
    }

    /// A customer by the id of another system, such as a shop's. As with
    /// [`phone`](Self::phone), it isn't known whether the service finds an existing
    /// customer.
    #[must_use]
    pub fn external_id(id: impl Into<String>) -> Self {
        Self::new(Identity::ExternalId(id.into()))
    }

    /// Sets the name shown for the person.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    fn new(identity: Identity) -> Self {
        Self {
            identity,
            name: None,
        }
    }

    /// Whether the person can be the [`customer`](crate::NewTicket::customer) of a
    /// ticket. Only a person given by id or e-mail address can.
    #[must_use]
    pub fn can_be_customer(&self) -> bool {
        matches!(self.identity, Identity::Id(_) | Identity::Email(_))
    }

    /// The person as a source address, which says where a message came from or went.
    /// The address is left out if only an id is known.
    pub(crate) fn into_address(self) -> CreateSourceAddress {
        let mut address = CreateSourceAddress::new();
        if let Some(name) = self.name {
            address = address.name(name);
        }
        match self.identity {
            Identity::Email(text) | Identity::Channel { address: text, .. } => {
                address.address(text)
            }
            Identity::Id(_) | Identity::ExternalId(_) => address,
        }
    }

    pub(crate) fn into_customer(self) -> CreateCustomer {
        let mut customer = CreateCustomer::new();
        if let Some(name) = self.name {
            customer = customer.name(name);
        }
        match self.identity {
            Identity::Id(id) => customer.id(id),
            Identity::Email(email) => customer.email(email),
            Identity::Channel { .. } | Identity::ExternalId(_) => customer,
        }
    }

    pub(crate) fn into_participant(self) -> CreateParticipant {
        let mut participant = CreateParticipant::new();
        if let Some(name) = self.name {
            participant = participant.name(name);
        }
        match self.identity {
            Identity::Id(id) => participant.id(id),
            Identity::Email(email) => participant.email(email),
            Identity::ExternalId(id) => participant.external_id(id),
            Identity::Channel { kind, address } => {
                participant.channels(vec![CreateParticipantChannel::new(address, kind)])
            }
        }
    }
}

/// A phone number without the spaces, dots, hyphens and brackets.
pub(crate) fn bare_number(number: &str) -> String {
    let dropped = |c: char| c.is_whitespace() || ".-()[]".contains(c);
    number.replace(dropped, "")
}

impl From<&str> for Contact {
    fn from(email: &str) -> Self {
        Self::email(email)
    }
}

impl From<String> for Contact {
    fn from(email: String) -> Self {
        Self::email(email)
    }
}

impl From<i64> for Contact {
    fn from(id: i64) -> Self {
        Self::id(id)
    }
}

crate::ticket::opaque_debug!(Contact);
