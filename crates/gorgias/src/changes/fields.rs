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
/// A field is given by the id of its definition, which
/// [`list_custom_fields`](crate::api::Client::list_custom_fields) returns. None
/// of these calls changes the ticket's `updated_datetime`.
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
    /// We know no recording of this request, so its body follows the vendor's
    /// document. Other clients use [`set_all`](Self::set_all).
    pub fn set(&self, id: i64, value: impl Into<Value>) -> UpdateTicketCustomField {
        let value = CustomFieldValue(value.into());
        let api = self.client.api();
        api.update_ticket_custom_field(self.ticket_id, id, value)
    }

    /// Replaces the values of all fields: a field that isn't given has no value
    /// afterwards.
    ///
    /// The service sets some fields itself, such as its guess of the customer's
    /// intent, within seconds after a ticket of the channel `email` is created.
    /// It refuses a set that lacks such a field while the field has a value. So
    /// call [`list`](Self::list) first, and include the values of such fields.
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
