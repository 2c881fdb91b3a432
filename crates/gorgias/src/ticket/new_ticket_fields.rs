//! Every field of a ticket.

use chrono::{DateTime, Utc};
use gorgias_api::types::{
    Channel, CreateAssigneeTeam, CreateAssigneeUser, CreateCustomFieldValue, CreateTag,
    TicketPriority, TicketStatus, Via,
};
use serde_json::Value;

use super::{Contact, NewTicket};

/// Setters for optional fields that take a value as it is.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $name(mut self, $name: impl Into<$type>) -> Self {
            let value: $type = $name.into();
            self.form.set(stringify!($name), value, |ticket, value| {
                ticket.$name = Some(value);
            });
            self
        }
    )+};
}

impl NewTicket {
    /// Sets the customer the ticket is about, by id or e-mail address; a ticket
    /// with another one isn't valid. An unknown address becomes a new customer.
    pub fn customer(mut self, customer: impl Into<Contact>) -> Self {
        let customer = customer.into().into_customer();
        self.form.set("customer", customer, |ticket, customer| {
            ticket.customer = Some(customer);
        });
        self
    }

    /// Assigns the ticket to a user, by id.
    pub fn assignee_user(mut self, id: i64) -> Self {
        let mut user = CreateAssigneeUser::default();
        user.id = Some(id);
        self.form.set("assignee_user", user, |ticket, user| {
            ticket.assignee_user = Some(user);
        });
        self
    }

    /// Assigns the ticket to a team, by id.
    pub fn assignee_team(mut self, id: i64) -> Self {
        let mut team = CreateAssigneeTeam::default();
        team.id = Some(id);
        self.form.set("assignee_team", team, |ticket, team| {
            ticket.assignee_team = Some(team);
        });
        self
    }

    /// Adds a tag, 1 to 256 characters. Whether an unknown one is created is not
    /// known of the service.
    pub fn tag(mut self, name: impl Into<String>) -> Self {
        let tag = CreateTag::new(name.into());
        self.form.push("tags", tag, |ticket, tag| {
            ticket.tags.get_or_insert_with(Vec::new).push(tag);
        });
        self
    }

    /// Adds several tags.
    pub fn tags<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        names.into_iter().fold(self, Self::tag)
    }

    /// Adds the value of a custom field, by the id of the field's definition.
    /// The kind of value depends on the field: a text, a number or a boolean;
    /// for a drop-down the path of the choice, such as `Shipping::Late`.
    pub fn custom_field(mut self, id: i64, value: impl Into<Value>) -> Self {
        let field = CreateCustomFieldValue::new(id, value.into());
        self.form.push("custom_fields", field, |ticket, field| {
            ticket
                .custom_fields
                .get_or_insert_with(Vec::new)
                .push(field);
        });
        self
    }

    /// Adds an entry to the data kept with the ticket.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.form.insert_meta(key.into(), value.into());
        self
    }

    setters! {
        /// Sets the subject, at most 998 characters.
        subject: String,
        /// Sets the application's own id for the ticket, at most 255
        /// characters. The service neither uses it nor keeps it unique.
        external_id: String,
        /// Sets the channel. Any text is a channel; the known ones are listed
        /// with the type.
        channel: Channel,
        /// Sets how the ticket came into being, such as `api`.
        via: Via,
        /// Sets the priority. Normal if nothing is said.
        priority: TicketPriority,
        /// Sets the status. Open if nothing is said.
        status: TicketStatus,
        /// Sets the language, as an ISO 639-1 code such as `en`. Found from
        /// the first messages if nothing is said.
        language: String,
        /// Sets whether an agent opened the ticket.
        from_agent: bool,
        /// Sets whether the ticket is spam.
        spam: bool,
        /// Sets whether the ticket is part of an import. Unproven: one vendor
        /// source lists it, and what it does is not known.
        imported: bool,
        /// Sets the id of the ticket this one was split from. Unproven, as
        /// [`imported`](Self::imported).
        split_from: i64,
        /// Sets when the ticket was created. The time of the call if nothing
        /// is said.
        created_datetime: DateTime<Utc>,
        /// Sets when the ticket was opened.
        opened_datetime: DateTime<Utc>,
        /// Sets when the ticket was closed.
        closed_datetime: DateTime<Utc>,
        /// Sets when the ticket was last changed.
        updated_datetime: DateTime<Utc>,
        /// Sets when the ticket was put in the trash.
        trashed_datetime: DateTime<Utc>,
        /// Sets until when the ticket sleeps. It re-opens then.
        snooze_datetime: DateTime<Utc>,
        /// Sets when the last message was written.
        last_message_datetime: DateTime<Utc>,
        /// Sets when the customer's last message was written.
        last_received_message_datetime: DateTime<Utc>,
    }
}
