//! Values of custom fields, of tickets and of customers, and the fields'
//! definitions.

use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use super::Store;
use super::collection::{Resource, ResourceKind};
use super::read::Reference;
use super::refused::Refused;
use crate::timestamp::Timestamp;

const FIELDS: ResourceKind = ResourceKind::CustomFields;

/// Values by the id of the field's definition.
pub(crate) type Values = Vec<(i64, Value)>;

/// The ticket or customer that values belong to, by id.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner {
    Ticket(i64),
    Customer(i64),
}

impl Owner {
    /// The `object_type` of its fields.
    fn object_type(self) -> &'static str {
        match self {
            Self::Ticket(_) => "Ticket",
            Self::Customer(_) => "Customer",
        }
    }
}

/// Reads `[{id, value}]`, or a map of values by id. The last of several values
/// of one field counts.
pub(super) fn read(fields: &Value) -> Values {
    let mut values = Values::new();
    let mut add = |id: Option<i64>, field: &Value| {
        if let Some(id) = id {
            let value = field.get("value").cloned().unwrap_or_default();
            set(&mut values, id, value);
        }
    };
    match fields {
        Value::Array(fields) => fields.iter().for_each(|field| add(id(field), field)),
        Value::Object(fields) => {
            for (id, field) in fields {
                add(id.parse().ok(), field);
            }
        }
        _ => {}
    }
    values
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
            let value = item.get("value").cloned().unwrap_or_default();
            self.check_value(id, owner, &value)
                .map_err(|(member, problem)| Refused::at(&[&index.to_string(), member], problem))?;
            values.retain(|(known, _)| *known != id);
            values.push((id, value));
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
                let choices = choices.iter().map(|choice| match choice {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                let choices: Vec<_> = choices.collect();
                Err(("value", format!("Must be one of: {}.", choices.join(", "))))
            }
            _ if !is_right => Err(("value", "Is not of the field's type.".to_owned())),
            _ => Ok(()),
        }
    }

    /// Refuses a new set that lacks a value which the service manages.
    pub(super) fn check_managed(&self, old: &Values, new: &Values) -> Result<(), Refused> {
        let is_managed = |id: i64| {
            let field = self.resource(FIELDS, id);
            field.is_some_and(|field| field.get("managed_type").is_some_and(Value::is_string))
        };
        let kept = |id: i64| new.iter().any(|(kept, _)| *kept == id);
        let mut left_out = old.iter().filter(|(id, _)| is_managed(*id) && !kept(*id));
        match left_out.next() {
            Some((id, _)) => Err(Refused::of(
                &id.to_string(),
                "The value of a managed field cannot be deleted.",
            )),
            None => Ok(()),
        }
    }

    /// Returns the definition of a field. A ticket may have a value for a field
    /// without a definition, which gets a blank one.
    pub(crate) fn field(&self, id: i64, now: Timestamp) -> Resource {
        let field = self.resource(FIELDS, id);
        let blank = || FIELDS.blank(id, now);
        field.cloned().unwrap_or_else(blank)
    }

    /// Adds a field. The service sets its priority.
    pub(crate) fn define(&mut self, body: &Resource, now: Timestamp) -> Result<i64, Refused> {
        self.check_unique(FIELDS, body, None)?;
        let fields = self.resources(FIELDS);
        let of = body.get("object_type");
        let priorities = fields
            .filter(|(_, field)| field.get("object_type") == of)
            .filter_map(|(_, field)| field.get("priority").and_then(Value::as_i64));
        let priority = priorities.max().unwrap_or_default().saturating_add(1);
        let mut given = body.clone();
        given.insert("priority".to_owned(), json!(priority));
        Ok(self.add(FIELDS, &given, now))
    }

    /// Changes the definition of a field.
    pub(crate) fn redefine(
        &mut self,
        id: i64,
        body: &Resource,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.check_unique(FIELDS, body, Some(id))?;
        let mut given: Map<String, Value> = body.clone();
        given.insert("updated_datetime".to_owned(), json!(now));
        self.alter(FIELDS, id, &given)
    }
}

/// Sets one value.
pub(crate) fn set(values: &mut Values, id: i64, value: Value) {
    match values.iter_mut().find(|(known, _)| *known == id) {
        Some((_, known)) => *known = value,
        None => values.push((id, value)),
    }
}

/// Deletes one value, which must exist.
pub(crate) fn unset(values: &mut Values, id: i64) -> Result<(), Refused> {
    let before = values.len();
    values.retain(|(known, _)| *known != id);
    match values.len() < before {
        true => Ok(()),
        false => Err(Refused::of("id", "This custom field has no value.")),
    }
}
