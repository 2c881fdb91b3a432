//! The values that tickets and customers have for custom fields.

use std::collections::BTreeMap;

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use super::Store;
use super::collection::{Resource, ResourceKind};
use super::read::Reference;
use super::refused::Refused;
use crate::document::listed;
use crate::timestamp::Timestamp;

const FIELDS: ResourceKind = ResourceKind::CustomFields;

/// Values by the id of the field's definition.
pub(crate) type Values = BTreeMap<i64, Value>;

/// The ticket or customer that values belong to, by id.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner {
    Ticket(i64),
    Customer(i64),
}

impl Owner {
    /// The `object_type` of the owner's fields.
    fn object_type(self) -> &'static str {
        match self {
            Self::Ticket(_) => "Ticket",
            Self::Customer(_) => "Customer",
        }
    }
}

/// Reads `[{id, value}]`, or an object of `{value}` by id. The last of several values of
/// one field counts.
pub(super) fn read(fields: &Value) -> Values {
    let fields: Vec<(Option<i64>, &Value)> = match fields {
        Value::Array(fields) => fields.iter().map(|field| (id(field), field)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields.map(|(id, field)| (id.parse().ok(), field)).collect()
        }
        _ => Vec::new(),
    };
    let fields = fields.into_iter();
    let values = fields.filter_map(|(id, field)| Some((id?, value(field))));
    values.collect()
}

/// Reads values as [`read`] does.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Values, D::Error> {
    Ok(read(&Value::deserialize(deserializer)?))
}

/// Returns the value in `{id, value}`, or null.
fn value(field: &Value) -> Value {
    field.get("value").cloned().unwrap_or_default()
}

/// Returns the id in `{id, value}`.
fn id(field: &Value) -> Option<i64> {
    Reference::deserialize(field).ok()?.id
}

impl Store {
    pub(crate) fn values(&self, owner: Owner) -> Result<&Values, Refused> {
        let values = match owner {
            Owner::Ticket(id) => self.ticket(id).map(|ticket| &ticket.custom_fields),
            Owner::Customer(id) => self.customer(id).map(|customer| &customer.custom_fields),
        };
        values.ok_or(Refused::NotFound)
    }

    /// Replaces all values. `updated_datetime` stays.
    pub(crate) fn set_values(&mut self, owner: Owner, new: Values) -> Result<(), Refused> {
        self.check_managed(self.values(owner)?, &new)?;
        match owner {
            Owner::Ticket(id) => self.change(id, |ticket| ticket.custom_fields = new)?,
            Owner::Customer(id) => {
                let customer = self.customers.customer_mut(id).ok_or(Refused::NotFound)?;
                customer.custom_fields = new;
            }
        }
        Ok(())
    }

    /// Reads and checks `[{id, value}]`.
    pub(crate) fn read_values(&self, given: &Value, owner: Owner) -> Result<Values, Refused> {
        let mut values = Values::new();
        for (index, item) in given.as_array().into_iter().flatten().enumerate() {
            let id = id(item).unwrap_or_default();
            let value = value(item);
            self.check_value(id, owner, &value)
                .map_err(|(member, problem)| Refused::at(&[&index.to_string(), member], problem))?;
            values.insert(id, value);
        }
        Ok(values)
    }

    /// Checks a value of a field. The error names the member of `{id, value}`
    /// that is wrong.
    pub(crate) fn check_value(
        &self,
        id: i64,
        owner: Owner,
        value: &Value,
    ) -> Result<(), (&'static str, String)> {
        let of = owner.object_type();
        let field = self.resource(FIELDS, id);
        let field = field.filter(|field| field.get("object_type") == Some(&of.into()));
        let Some(field) = field else {
            return Err((
                "id",
                format!("There is no custom field of a {of} of this id."),
            ));
        };
        let definition = field.get("definition").unwrap_or(&Value::Null);
        let is_right = match definition.get("data_type").and_then(Value::as_str) {
            Some("text") => value.is_string(),
            Some("number") => value.is_number(),
            Some("boolean") => value.is_boolean(),
            _ => true,
        };
        let choices = definition.pointer("/input_settings/choices");
        match choices.and_then(Value::as_array) {
            Some(choices) if !choices.contains(value) => {
                Err(("value", format!("Must be one of: {}.", listed(choices))))
            }
            _ if !is_right => Err(("value", "Is not of the field's type.".to_owned())),
            _ => Ok(()),
        }
    }

    /// Refuses new values that leave out an old value of a field that the service
    /// manages.
    pub(super) fn check_managed(&self, old: &Values, new: &Values) -> Result<(), Refused> {
        let is_managed = |id: i64| {
            let field = self.resource(FIELDS, id);
            field.is_some_and(|field| field.get("managed_type").is_some_and(Value::is_string))
        };
        let mut left_out = old.keys().filter(|id| !new.contains_key(id));
        match left_out.find(|id| is_managed(**id)) {
            Some(id) => Err(Refused::of(
                &id.to_string(),
                "The value of a managed field cannot be deleted.",
            )),
            None => Ok(()),
        }
    }

    /// Returns the definition of a field. A ticket may have a value for a field without a
    /// definition. Then a definition with default members is returned.
    pub(crate) fn field(&self, id: i64, now: Timestamp) -> Resource {
        let field = self.resource(FIELDS, id);
        let blank = || FIELDS.blank(id, now);
        field.cloned().unwrap_or_else(blank)
    }
}
