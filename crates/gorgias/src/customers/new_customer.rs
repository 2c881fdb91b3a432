//! A customer to be created.

use gorgias_api::types::{CreateAccountCustomer, CreateCustomerChannel};
use gorgias_runtime::Error;
use gorgias_runtime::support::validate::{Checked as _, Found, examine};
use serde_json::Value;

use crate::ticket::{Contact, Identity};

/// A customer to be created by [`Customers::create`](crate::Customers::create).
///
/// ```
/// use gorgias::{Contact, NewCustomer};
///
/// let jane = NewCustomer::from("jane@example.com").name("Jane Doe");
/// let sam = NewCustomer::new(Contact::phone("+1 (555) 123-4567").name("Sam Poe"))
///     .channel("sms", "+15551234567")
///     .external_id("customer-17");
/// ```
#[derive(Clone)]
#[must_use = "a customer does nothing until created"]
pub struct NewCustomer(pub(crate) CreateAccountCustomer);

impl NewCustomer {
    /// Creates a customer with the contact's name and its address or external
    /// id. The address is the preferred one of its channel type. An id is left
    /// out, because a customer to be created has none yet.
    pub fn new(contact: impl Into<Contact>) -> Self {
        let Contact { identity, name } = contact.into();
        let blank = CreateAccountCustomer::new(Vec::new());
        let customer = Self(match name {
            Some(name) => blank.name(name),
            None => blank,
        });
        match identity {
            Identity::Email(email) => {
                Self(customer.0.email(email.as_str())).channel("email", email)
            }
            Identity::ExternalId(id) => Self(customer.0.external_id(id)),
            Identity::Channel { kind, address } => customer.channel(kind, address),
            Identity::Id(_) => customer,
        }
    }

    /// Creates a customer from a JSON value, without adding defaults.
    ///
    /// ```
    /// use gorgias::NewCustomer;
    /// use serde_json::json;
    ///
    /// let channel = json!({"type": "phone", "address": "+15551234567", "preferred": true});
    /// let sam = NewCustomer::from_value(json!({"name": "Sam Poe", "channels": [channel]}))?;
    /// # Ok::<(), gorgias::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with all
    /// [`violations`](Error::violations) when the value breaks rules of the API.
    pub fn from_value(value: Value) -> Result<Self, Error> {
        CreateAccountCustomer::validate_json(&value).map_err(Error::invalid)?;
        let customer = serde_json::from_value(value).map_err(Error::unbuildable)?;
        Ok(Self(customer))
    }

    /// Adds a way to reach the customer, such as `phone` and `+15551234567`.
    /// The first address of each channel type is the preferred one.
    pub fn channel(mut self, kind: impl Into<String>, address: impl Into<String>) -> Self {
        let kind = kind.into();
        let channels = self.0.channels_mut();
        let is_first = channels
            .iter()
            .all(|channel| channel.get_type() != Some(&kind));
        channels.push(CreateCustomerChannel::new(address, is_first, kind));
        self
    }

    pub(super) fn examine(&self) -> Found {
        examine(CreateAccountCustomer::rule(), &self.0)
    }

    /// Returns the address or external id by which a look-up finds the
    /// customer, if the customer has one.
    pub(super) fn identity(&self) -> Option<Identity> {
        if let Some(email) = self.0.get_email() {
            return Some(Identity::Email(email.to_owned()));
        }
        let channel = self.0.get_channels().and_then(|channels| channels.first());
        let address = channel.and_then(|it| Some((it.get_type()?, it.get_address()?)));
        let Some((kind, address)) = address else {
            let id = self.0.get_external_id()?;
            return Some(Identity::ExternalId(id.to_owned()));
        };
        Some(match kind {
            "email" => Identity::Email(address.to_owned()),
            _ => Identity::Channel {
                kind: kind.to_owned(),
                address: address.to_owned(),
            },
        })
    }
}

impl<C: Into<Contact>> From<C> for NewCustomer {
    fn from(contact: C) -> Self {
        Self::new(contact)
    }
}

crate::ticket::wraps!(NewCustomer: CreateAccountCustomer);
