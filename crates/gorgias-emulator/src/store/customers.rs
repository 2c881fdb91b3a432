//! Creates, changes, merges and deletes customers.

use serde_json::{Map, Value, json};

use super::collection::Resource;
use super::customer::{Channel, Customer, EMAIL_TAKEN};
use super::read::{NewChannel, given, set_if_given};
use super::refused::Refused;
use super::ticket::Party;
use super::{Context, Store};
use crate::timestamp::Timestamp;

/// The id of the application that every access token belongs to.
const APPLICATION: &str = "5f0000000000000000000000";

impl From<&Channel> for NewChannel {
    fn from(channel: &Channel) -> Self {
        Self {
            preferred: Some(channel.preferred),
            ..Self::new(&channel.kind, &channel.address)
        }
    }
}

impl Store {
    /// Creates a customer and returns its id.
    pub(crate) fn create_customer(
        &mut self,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<i64, Refused> {
        self.check_addresses(body, None)?;
        let id = self.ids.people.next();
        let mut customer = Customer::new(id, context.now);
        customer.meta = given::<String>(body, "name").map(|_| json!({"name_set_via": "agent"}));
        self.customers.insert(customer);
        self.apply_to_customer(id, body, context.now)?;
        self.add_events(context, [("customer-created", id, None)]);
        Ok(id)
    }

    /// Changes the members of a customer that the body has.
    pub(crate) fn update_customer(
        &mut self,
        id: i64,
        body: &Resource,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        let before = self.customer(id).ok_or(Refused::NotFound)?.clone();
        self.check_addresses(body, Some(id))?;
        self.apply_to_customer(id, body, context.now)?;
        if let Some(customer) = self.customers.customer_mut(id) {
            if customer.name != before.name {
                customer.meta = Some(json!({"name_set_via": "agent"}));
            }
            if *customer != before {
                customer.updated_datetime = context.now;
            }
        }
        self.add_events(context, [("customer-updated", id, None)]);
        Ok(())
    }

    fn apply_to_customer(
        &mut self,
        id: i64,
        body: &Resource,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let customer = self.customers.customer_mut(id).ok_or(Refused::NotFound)?;
        set_if_given(&mut customer.name, body, "name");
        set_if_given(&mut customer.external_id, body, "external_id");
        set_if_given(&mut customer.language, body, "language");
        set_if_given(&mut customer.timezone, body, "timezone");
        set_if_given(&mut customer.email, body, "email");
        customer.email = customer.email.take().map(|email| email.to_lowercase());
        let own = || customer.channels.iter().map(NewChannel::from).collect();
        let mut channels: Vec<NewChannel> = given(body, "channels").unwrap_or_else(own);
        match &customer.email {
            Some(email) => channels.push(NewChannel::new("email", email)),
            None => {
                let address = channels.iter().find(|channel| channel.kind == "email");
                customer.email = address.map(|channel| channel.address.to_lowercase());
            }
        }
        self.customers
            .set_channels(id, &channels, &mut self.ids, now);
        Ok(())
    }

    /// Refuses addresses that another customer has.
    fn check_addresses(&self, body: &Resource, own: Option<i64>) -> Result<(), Refused> {
        let is_taken = |kind: &str, address: &str| {
            let owner = self.customers.owner(kind, address);
            owner.is_some() && owner != own
        };
        if let Some(email) = given::<String>(body, "email")
            && is_taken("email", &email)
        {
            return Err(Refused::of("email", EMAIL_TAKEN));
        }
        let channels: Vec<NewChannel> = given(body, "channels").unwrap_or_default();
        let mut channels = channels.iter().enumerate();
        match channels.find(|(_, channel)| is_taken(&channel.kind, &channel.address)) {
            Some((index, _)) => {
                let path = ["channels", &index.to_string(), "address"];
                Err(Refused::at(&path, "Another customer has this address."))
            }
            None => Ok(()),
        }
    }

    /// Moves the tickets of one customer, and the data of applications, to another, and
    /// deletes the first. The other keeps its name and addresses, as recorded.
    pub(crate) fn merge_customers(
        &mut self,
        source: i64,
        target: i64,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        if source == target {
            let message = "A customer cannot be merged with itself.";
            return Err(Refused::of("source_id", message));
        }
        let from = self.customer(source).ok_or(Refused::NotFound)?;
        let into = self.customer(target).ok_or(Refused::NotFound)?;
        let in_both = |key: &String| into.external_data.contains_key(key);
        if from.external_data.keys().any(in_both) {
            return Err(Refused::Conflict);
        }
        let from = self.customers.remove(source).ok_or(Refused::NotFound)?;
        if let Some(into) = self.customers.customer_mut(target) {
            into.external_data.extend(from.external_data);
        }
        self.move_tickets(source, Some(target));
        let data = json!({ "source_customer_id": source });
        let merged = ("customer-merged", target, Some(data));
        self.add_events(context, [merged, ("customer-deleted", source, None)]);
        Ok(())
    }

    /// Deletes a customer. Its tickets and messages stay, without a customer.
    pub(crate) fn delete_customer(&mut self, id: i64, context: Context<'_>) -> Result<(), Refused> {
        self.customers.remove(id).ok_or(Refused::NotFound)?;
        self.move_tickets(id, None);
        self.add_events(context, [("customer-deleted", id, None)]);
        Ok(())
    }

    fn move_tickets(&mut self, from: i64, to: Option<i64>) {
        for ticket in self.tickets.values_mut() {
            if ticket.customer_id == Some(from) {
                ticket.customer_id = to;
            }
            for message in &mut ticket.messages {
                for party in [&mut message.sender, &mut message.receiver] {
                    if *party == Some(Party::Customer(from)) {
                        *party = to.map(Party::Customer);
                    }
                }
            }
        }
    }

    /// Sets a customer's data, or the data of an application if an application is the
    /// caller. Data with an older version than the last one changes nothing.
    pub(crate) fn set_customer_data(
        &mut self,
        id: i64,
        data: &Value,
        version: Option<Timestamp>,
        context: Context<'_>,
    ) -> Result<(), Refused> {
        let customer = self.customers.customer_mut(id).ok_or(Refused::NotFound)?;
        let version = Some(version.unwrap_or(context.now));
        if version < customer.data_version {
            return Ok(());
        }
        customer.data_version = version;
        if context.caller.is_some() {
            customer.data = Some(data.clone()).filter(|data| !data.is_null());
            return Ok(());
        }
        let mut data = data.clone();
        if let Value::Object(members) = &mut data {
            members.insert("__app_name__".to_owned(), json!("Acme App"));
            sort_as_stored(members);
        }
        customer.external_data.insert(APPLICATION.to_owned(), data);
        Ok(())
    }
}

/// Sorts keys as the service's database does: shorter ones first.
fn sort_as_stored(members: &mut Map<String, Value>) {
    let mut sorted: Vec<_> = std::mem::take(members).into_iter().collect();
    sorted.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
    members.extend(sorted);
}
