//! Setters of a ticket that accept simpler values than the document's types. The
//! other setters are generated.

use gorgias_api::types::{
    CreateAssigneeTeam, CreateAssigneeUser, CreateCustomFieldValue, CreateTag, CreateTicket,
};
use serde_json::Value;

use super::{Contact, NewTicket};

impl NewTicket {
    /// Sets the customer whom the ticket is about, by id or e-mail address. A
    /// contact that has no id and no e-mail address makes the ticket invalid. For an
    /// unknown address the helpdesk creates a customer.
    pub fn customer(mut self, customer: impl Into<Contact>) -> Self {
        let customer = customer.into().into_customer();
        self.body.set("customer", customer, CreateTicket::customer);
        self
    }

    /// Assigns the ticket to a user, by id.
    pub fn assignee_user(mut self, id: i64) -> Self {
        let user = CreateAssigneeUser::new().id(id);
        self.body
            .set("assignee_user", user, CreateTicket::assignee_user);
        self
    }

    /// Assigns the ticket to a team, by id.
    pub fn assignee_team(mut self, id: i64) -> Self {
        let team = CreateAssigneeTeam::new().id(id);
        self.body
            .set("assignee_team", team, CreateTicket::assignee_team);
        self
    }

    /// Adds a tag, whose name has 1 to 256 characters. It isn't known whether the
    /// service creates a tag that the account doesn't have.
    pub fn tag(mut self, name: impl Into<String>) -> Self {
        let tag = CreateTag::new(name);
        self.body.push("tags", tag, |ticket, tag| {
            ticket.tags_mut().push(tag);
        });
        self
    }

    /// Adds several tags.
    pub fn tags<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        names.into_iter().fold(self, Self::tag)
    }

    /// Adds the value of a custom field, by the id of the field's definition. The
    /// type of the value depends on the field: a text, a number or a boolean; for a
    /// drop-down the path of the choice, such as `Shipping::Late`.
    pub fn custom_field(mut self, id: i64, value: impl Into<Value>) -> Self {
        let field = CreateCustomFieldValue::new(id, value);
        self.body.push("custom_fields", field, |ticket, field| {
            ticket.custom_fields_mut().push(field);
        });
        self
    }

    /// Adds an entry to the data that the helpdesk keeps with the ticket.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.body.insert_meta(key.into(), value.into());
        self
    }
}
