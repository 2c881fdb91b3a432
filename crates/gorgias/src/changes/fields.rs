//! The values of a ticket's custom fields.

use gorgias_api::calls::{
    DeleteTicketCustomField, ListTicketCustomFields, UpdateTicketCustomField,
    UpdateTicketCustomFields,
};
use gorgias_api::types::{CreateCustomFieldValue, CustomFieldValue};
use serde_json::Value;

use crate::client::Client;

/// The values of one ticket's custom fields, from
/// [`Tickets::custom_fields`](crate::Tickets::custom_fields).
///
/// A field is named by the id of its definition, which
/// [`list_custom_fields`](crate::api::Client::list_custom_fields) gives. None of
/// these calls moves the ticket's `updated_datetime`.
#[derive(Clone, Debug)]
pub struct TicketFields {
    client: Client,
    ticket_id: i64,
}

impl TicketFields {
    pub(super) fn new(client: Client, ticket_id: i64) -> Self {
        Self { client, ticket_id }
    }

    /// Lists the ticket's values, each with the definition of its field.
    pub fn list(&self) -> ListTicketCustomFields {
        self.client.api().list_ticket_custom_fields(self.ticket_id)
    }

    /// Sets the value of one field and leaves the others as they are.
    ///
    /// The body of this request was never recorded from another client; it is sent
    /// as the vendor's document has it. Other clients use
    /// [`set_all`](Self::set_all).
    pub fn set(&self, id: i64, value: impl Into<Value>) -> UpdateTicketCustomField {
        let value = CustomFieldValue(value.into());
        let api = self.client.api();
        api.update_ticket_custom_field(self.ticket_id, id, value)
    }

    /// Replaces the whole set: a field that isn't given has no value afterwards.
    ///
    /// The service sets some fields itself, such as its guess of the customer's
    /// intent, within seconds after a ticket of the channel `email` is created. It
    /// refuses a set that lacks such a field while the field has a value. So call
    /// [`list`](Self::list) first, and give such values back.
    pub fn set_all<V: Into<Value>>(
        &self,
        values: impl IntoIterator<Item = (i64, V)>,
    ) -> UpdateTicketCustomFields {
        let values = values.into_iter();
        let values: Vec<_> = values
            .map(|(id, value)| CreateCustomFieldValue::new(id, value))
            .collect();
        let api = self.client.api();
        api.update_ticket_custom_fields(self.ticket_id, values)
    }

    /// Removes the value of one field. The service answers 400 if the field has no
    /// value.
    pub fn remove(&self, id: i64) -> DeleteTicketCustomField {
        let api = self.client.api();
        api.delete_ticket_custom_field(self.ticket_id, id)
    }
}
