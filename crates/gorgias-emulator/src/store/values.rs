//! Values of custom fields, of tickets and of customers, and the fields'
//! definitions.

use serde_json::{Map, Value, json};

use super::Store;
use super::collection::{Kind, Resource};
use super::refused::Refused;
use crate::request::integer;
use crate::timestamp::Timestamp;

/// Values by the id of the field's definition.
pub(crate) type Values = Vec<(i64, Value)>;

impl Store {
    /// Reads `[{id, value}]` for an object of a type, `Ticket` or `Customer`.
    pub(crate) fn read_values(&self, given: &Value, of: &str) -> Result<Values, Refused> {
        let mut values = Values::new();
        for (index, item) in given.as_array().into_iter().flatten().enumerate() {
            let id = item.get("id").and_then(|id| integer(id).ok().flatten());
            let value = item.get("value").cloned().unwrap_or_default();
            let at = |member: &str| vec![index.to_string(), member.to_owned()];
            let id = id.unwrap_or_default();
            self.check_value(id, of, &value)
                .map_err(|(member, problem)| Refused::at(at(member), problem))?;
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
        of: &str,
        value: &Value,
    ) -> Result<(), (&'static str, String)> {
        let field = self.resource(Kind::CustomFields, id);
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
            let field = self.resource(Kind::CustomFields, id);
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
    pub(crate) fn field(&self, id: i64, now: Timestamp) -> Value {
        match self.resource(Kind::CustomFields, id) {
            Some(field) => Value::Object(field.clone()),
            None => Kind::CustomFields.blank(id, now),
        }
    }

    /// Adds a field. The service sets its priority.
    pub(crate) fn define(&mut self, body: &Resource, now: Timestamp) -> Result<i64, Refused> {
        self.check_label(body, None)?;
        let fields = self.resources(Kind::CustomFields).iter();
        let of = body.get("object_type");
        let priorities = fields
            .filter(|(_, field)| field.get("object_type") == of)
            .filter_map(|(_, field)| field.get("priority").and_then(Value::as_i64));
        let priority = priorities.max().unwrap_or_default().saturating_add(1);
        let mut given = body.clone();
        given.insert("priority".to_owned(), json!(priority));
        Ok(self.add(Kind::CustomFields, &given, now))
    }

    /// Changes the definition of a field.
    pub(crate) fn redefine(
        &mut self,
        id: i64,
        body: &Resource,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.check_label(body, Some(id))?;
        let mut given: Map<String, Value> = body.clone();
        given.insert("updated_datetime".to_owned(), json!(now));
        self.alter(Kind::CustomFields, id, &given)
    }

    /// Refuses a label that another field has.
    fn check_label(&self, body: &Resource, own: Option<i64>) -> Result<(), Refused> {
        let label = body.get("label").and_then(Value::as_str);
        let owner = label.and_then(|label| self.resources(Kind::CustomFields).with("label", label));
        match owner {
            Some(id) if Some(id) != own => Err(Refused::of(
                "label",
                "A custom field has this label already.",
            )),
            _ => Ok(()),
        }
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
