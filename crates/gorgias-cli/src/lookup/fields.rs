//! Looks up custom fields of tickets.

use std::cmp::Ordering;

use gorgias::Client;
use gorgias::api::types::{CustomField, CustomFieldDataType, CustomFieldObject};
use serde_json::{Number, Value};

use super::names::all;
use super::suggestions::unknown;
use crate::failure::Failure;

/// The definitions of the custom fields of tickets, deactivated ones too.
pub(crate) struct Fields(Vec<CustomField>);

impl Fields {
    /// Reads the definitions of the fields of tickets.
    pub(crate) async fn of_tickets(client: &Client) -> Result<Self, Failure> {
        let list = client.api().list_custom_fields();
        let list = list.object_type(CustomFieldObject::Ticket);
        let mut fields = all(list.stream()).await?;
        // Active fields come first.
        fields.sort_by_key(|field| !is_active(field));
        Ok(Self(fields))
    }

    /// The id of the field with a label, or with an id as in `id:2041`, and a text
    /// converted into a value of the field's type.
    pub(crate) fn read(&self, name: &str, text: &str) -> Result<(i64, Value), Failure> {
        let field = self.find(name)?;
        match value(field, text) {
            Some(value) => check(field, name, value).map(|value| (field.id, value)),
            None => {
                let kind = match data_type(field) {
                    Some(CustomFieldDataType::Number) => "a number",
                    _ => "true or false",
                };
                let problem = format!("the field {name:?} takes {kind}, nothing was sent");
                Err(Failure::invalid(problem))
            }
        }
    }

    /// The id of the field with a label, or with an id as in `id:2041`.
    pub(crate) fn id(&self, name: &str) -> Result<i64, Failure> {
        self.find(name).map(|field| field.id)
    }

    fn find(&self, name: &str) -> Result<&CustomField, Failure> {
        let id: Option<i64> = name.strip_prefix("id:").and_then(|id| id.parse().ok());
        // The label of a field is unique in the service.
        let is_meant = |field: &&CustomField| match id {
            Some(id) => field.id == id,
            None => field.label.as_deref() == Some(name),
        };
        match self.0.iter().find(is_meant) {
            Some(field) if is_active(field) => Ok(field),
            Some(_) => Err(Failure::invalid(format!(
                "the custom field {name:?} is deactivated, nothing was sent"
            ))),
            None => {
                let active = self.0.iter().filter(|field| is_active(field));
                let known = active.filter_map(|field| field.label.clone());
                let problem = format!("no custom field of tickets is called {name:?}");
                Err(unknown(
                    problem,
                    name,
                    known.collect(),
                    "gorgias field list",
                ))
            }
        }
    }
}

fn is_active(field: &CustomField) -> bool {
    field.deactivated_datetime.is_none()
}

fn data_type(field: &CustomField) -> Option<&CustomFieldDataType> {
    field.definition.as_ref()?.data_type.as_ref()
}

/// Converts a text into a value of the field's type. `None` if the text isn't such a
/// value.
fn value(field: &CustomField, text: &str) -> Option<Value> {
    match data_type(field) {
        Some(CustomFieldDataType::Number) => {
            serde_json::from_str::<Number>(text).ok().map(Value::Number)
        }
        Some(CustomFieldDataType::Boolean) => {
            serde_json::from_str::<bool>(text).ok().map(Value::Bool)
        }
        _ => Some(Value::from(text)),
    }
}

/// Checks a value against the field's choices, if it has any, and its limits.
fn check(field: &CustomField, name: &str, value: Value) -> Result<Value, Failure> {
    let settings = field
        .definition
        .as_ref()
        .and_then(|it| it.input_settings.as_ref());
    let choices = settings
        .and_then(|it| it.choices.as_deref())
        .unwrap_or_default();
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let min = settings.and_then(|it| it.min.as_ref()).map(text);
    let max = settings.and_then(|it| it.max.as_ref()).map(text);
    let is_beyond = |limit: &Option<String>, beyond: Ordering| {
        let limit = limit.as_deref().and_then(|limit| limit.parse().ok());
        let number = value.as_f64();
        number
            .zip(limit)
            .and_then(|(number, limit)| number.partial_cmp(&limit))
            == Some(beyond)
    };
    if is_beyond(&min, Ordering::Less) || is_beyond(&max, Ordering::Greater) {
        let limits = [
            min.map(|it| format!("from {it}")),
            max.map(|it| format!("up to {it}")),
        ];
        let limits = limits.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let problem = format!("the field {name:?} takes numbers {limits}, nothing was sent");
        return Err(Failure::invalid(problem));
    }
    if choices.is_empty() || choices.contains(&value) {
        return Ok(value);
    }
    let value = text(&value);
    let known = choices.iter().map(text).collect();
    let problem = format!("the field {name:?} has no choice {value:?}");
    let list = format!("gorgias field list --search {name:?}");
    Err(unknown(problem, &value, known, &list))
}
