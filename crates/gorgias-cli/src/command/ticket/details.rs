//! The arguments that describe a ticket, for creating and for changing one.

use clap::Args;
use gorgias::types::TicketStatus;
use gorgias::{Client, is_email_address};
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::lookup::{self, Fields};
use crate::values::{self, Pair};

#[derive(Args, Default, PartialEq)]
#[command(next_help_heading = "Ticket")]
pub(super) struct TicketDetails {
    /// The status: open or closed
    #[arg(long, value_parser = values::of(TicketStatus::KNOWN))]
    status: Option<String>,

    /// The agent the ticket is assigned to, by e-mail address, which is looked up, or
    /// by id (id:3107); none for nobody
    #[arg(long, value_name = "ADDRESS|none", value_parser = user)]
    assign: Option<Assignee>,

    /// The team the ticket is assigned to, by name, which is looked up, or by id
    /// (id:204); none for no team
    #[arg(long, value_name = "NAME|none", value_parser = assignee)]
    team: Option<Assignee>,

    /// The value of a custom field, by its label, which is looked up, or by id
    /// (id:2041=VALUE); may be given several times. An empty VALUE removes it
    #[arg(long, value_name = "NAME=VALUE", value_parser = values::pair)]
    field: Vec<Pair>,

    /// Data of your own about the ticket: a member, whose VALUE is JSON or else
    /// text, or an object; may be given several times
    #[arg(long, value_name = "NAME=VALUE|JSON", value_parser = meta)]
    meta: Vec<Map<String, Value>>,
}

/// The user or team that an assignment names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Assignee {
    Nobody,
    Id(i64),
    Name(String),
}

impl TicketDetails {
    pub(super) fn is_given(&self) -> bool {
        *self != Self::default()
    }

    /// Whether custom fields are to be set.
    pub(super) fn has_fields(&self) -> bool {
        !self.field.is_empty()
    }

    /// Whether names have to be looked up in the helpdesk.
    pub(super) fn looks_up(&self) -> bool {
        let is_name = |it: &Option<Assignee>| matches!(it, Some(Assignee::Name(_)));
        self.has_fields() || is_name(&self.assign) || is_name(&self.team)
    }

    /// Sets the members in a request body. Names are looked up with the client, which is
    /// needed if [`looks_up`](Self::looks_up) is true.
    pub(super) async fn apply(
        &self,
        body: &mut Value,
        client: Option<&Client>,
    ) -> Result<(), Failure> {
        // A later check refuses a body that is no object.
        let Value::Object(members) = body else {
            return Ok(());
        };
        if let Some(status) = &self.status {
            members.insert("status".to_owned(), json!(status));
        }
        for (name, who, is_user) in [
            ("assignee_user", &self.assign, true),
            ("assignee_team", &self.team, false),
        ] {
            let Some(who) = who else { continue };
            let id = match (who, client) {
                (Assignee::Id(id), _) => Some(*id),
                (Assignee::Name(name), Some(client)) if is_user => {
                    Some(lookup::user(client, name).await?)
                }
                (Assignee::Name(name), Some(client)) => Some(lookup::team(client, name).await?),
                (Assignee::Nobody | Assignee::Name(_), _) => None,
            };
            let value = id.map_or(Value::Null, |id| json!({ "id": id }));
            members.insert(name.to_owned(), value);
        }
        if let (true, Some(client)) = (self.has_fields(), client) {
            let fields = Fields::of_tickets(client).await?;
            let mut values = match members.remove("custom_fields") {
                Some(Value::Array(values)) => values,
                _ => Vec::new(),
            };
            self.set_fields(&mut values, &fields)?;
            members.insert("custom_fields".to_owned(), Value::Array(values));
        }
        if !self.meta.is_empty() {
            let mut meta = match members.remove("meta") {
                Some(Value::Object(meta)) => meta,
                _ => Map::new(),
            };
            meta.extend(
                self.meta
                    .iter()
                    .flatten()
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
            members.insert("meta".to_owned(), Value::Object(meta));
        }
        Ok(())
    }

    fn set_fields(&self, values: &mut Vec<Value>, fields: &Fields) -> Result<(), Failure> {
        for (name, text) in &self.field {
            let (id, value) = match text.as_str() {
                "" => (fields.id(name)?, None),
                text => fields
                    .read(name, text)
                    .map(|(id, value)| (id, Some(value)))?,
            };
            values.retain(|item| item.get("id").and_then(Value::as_i64) != Some(id));
            values.extend(value.map(|value| json!({ "id": id, "value": value })));
        }
        Ok(())
    }
}

/// Reads a user's address or id, or `none`.
fn user(text: &str) -> Result<Assignee, &'static str> {
    match assignee(text)? {
        Assignee::Name(name) if !is_email_address(&name) => Err(
            "expected the e-mail address of an agent, as in agent@acme.example, an id, as in \
             id:3107, or none",
        ),
        assignee => Ok(assignee),
    }
}

/// Reads the name or the id of a user or a team, or `none`.
fn assignee(text: &str) -> Result<Assignee, &'static str> {
    let text = text.trim();
    if let Some(id) = text.strip_prefix("id:") {
        let id = id.parse().ok().filter(|id| *id > 0);
        return id
            .map(Assignee::Id)
            .ok_or("expected the digits of an id after id:, as in id:3107");
    }
    match text {
        "" => Err("expected a name, an id, as in id:3107, or none"),
        "none" => Ok(Assignee::Nobody),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err("write id:… for an id, because digits alone may be a mistake")
        }
        text => Ok(Assignee::Name(text.to_owned())),
    }
}

/// Reads the value of `--meta`: one member, or an object.
fn meta(text: &str) -> Result<Map<String, Value>, &'static str> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|_| "is not a JSON object");
    }
    let (name, value) = values::pair(text)?;
    let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
    Ok(Map::from_iter([(name, value)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignee_is_an_address_a_name_an_id_or_none() {
        let name = |name: &str| Ok(Assignee::Name(name.to_owned()));
        assert_eq!(user("ann@acme.example"), name("ann@acme.example"));
        assert_eq!(user("id:3107"), Ok(Assignee::Id(3107)));
        assert_eq!(user("none"), Ok(Assignee::Nobody));
        assert_eq!(assignee("Returns & refunds"), name("Returns & refunds"));
        for wrong in ["Ann", "3107", "id:", "id:x", "id:0", "id:-1", ""] {
            assert!(user(wrong).is_err(), "{wrong}");
        }
        for wrong in ["204", "id:x", " "] {
            assert!(assignee(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn data_is_members_or_an_object() {
        let read = |text| meta(text).map(Value::Object);
        assert_eq!(read("tier=1"), Ok(json!({"tier": 1})));
        assert_eq!(read("tier=gold=1"), Ok(json!({"tier": "gold=1"})));
        assert_eq!(
            read(r#"{"a": [1], "b": null}"#),
            Ok(json!({"a": [1], "b": null}))
        );
        assert!(read("{").is_err() && read("tier").is_err() && read("=1").is_err());
    }
}
