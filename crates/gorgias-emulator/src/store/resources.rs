//! Creates, changes and deletes the resources of `collection`, by the rules that the
//! service has for each kind of resource.

use serde_json::{Value, json};

use super::Store;
use super::collection::{Resource, ResourceKind};
use super::refused::Refused;
use crate::timestamp::Timestamp;

impl Store {
    /// Creates a resource and returns its id.
    pub(crate) fn create_resource(
        &mut self,
        kind: ResourceKind,
        given: &Resource,
        now: Timestamp,
    ) -> Result<i64, Refused> {
        self.check_unique(kind, given, None)?;
        let mut given = given.clone();
        match kind {
            ResourceKind::CustomFields => {
                let priority = self.next_priority(given.get("object_type"));
                given.insert("priority".to_owned(), json!(priority));
            }
            ResourceKind::Tags => {
                given.insert("decoration".to_owned(), decoration(&given));
            }
            ResourceKind::SatisfactionSurveys => self.check_survey(&given)?,
            _ => {}
        }
        Ok(self.add(kind, None, &given, now))
    }

    /// Changes the members of a resource that the body has.
    pub(crate) fn update_resource(
        &mut self,
        kind: ResourceKind,
        id: i64,
        given: &Resource,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.check_unique(kind, given, Some(id))?;
        let mut given = given.clone();
        given.insert("updated_datetime".to_owned(), json!(now));
        self.alter(kind, id, &given)
    }

    /// Changes several resources, or none if one of them can't be changed.
    pub(crate) fn update_resources(
        &mut self,
        kind: ResourceKind,
        given: &[(i64, &Resource)],
        now: Timestamp,
    ) -> Result<(), Refused> {
        let before = self.resources.clone();
        let mut given = given.iter();
        let result = given.try_for_each(|(id, given)| self.update_resource(kind, *id, given, now));
        if result.is_err() {
            self.resources = before;
        }
        result
    }

    /// Deletes a resource. Views of the system can't be deleted.
    pub(crate) fn delete_resource(&mut self, kind: ResourceKind, id: i64) -> Result<(), Refused> {
        if kind == ResourceKind::Tags {
            return self.delete_tags(&[id]);
        }
        let resource = self.resource(kind, id).ok_or(Refused::NotFound)?;
        if resource.get("category") == Some(&json!("system")) {
            return Err(Refused::of("id", "A view of the system cannot be deleted."));
        }
        self.discard(kind, id)
    }

    /// Refuses a name that another tag has, or a label that another custom field has.
    fn check_unique(
        &self,
        kind: ResourceKind,
        given: &Resource,
        own: Option<i64>,
    ) -> Result<(), Refused> {
        let (member, message) = match kind {
            ResourceKind::CustomFields => ("label", "A custom field has this label already."),
            ResourceKind::Tags => ("name", "A tag has this name already."),
            _ => return Ok(()),
        };
        let text = given.get(member).and_then(Value::as_str);
        match text.and_then(|text| self.resource_with(kind, member, text)) {
            Some(id) if Some(id) != own => Err(Refused::of(member, message)),
            _ => Ok(()),
        }
    }

    /// Returns the priority that the service gives a new custom field.
    fn next_priority(&self, object_type: Option<&Value>) -> i64 {
        let fields = self.resources(ResourceKind::CustomFields);
        let fields = fields.filter(|(_, field)| field.get("object_type") == object_type);
        let priorities = fields.filter_map(|(_, field)| field.get("priority")?.as_i64());
        priorities.max().unwrap_or_default().saturating_add(1)
    }

    /// Checks that the ticket and the customer of a survey exist, and that the
    /// ticket has no other survey.
    fn check_survey(&self, given: &Resource) -> Result<(), Refused> {
        let id = |member: &str| given.get(member).and_then(Value::as_i64);
        let ticket = id("ticket_id");
        if ticket.and_then(|id| self.ticket(id)).is_none() {
            return Err(Refused::of("ticket_id", "There is no such ticket."));
        }
        if id("customer_id").and_then(|id| self.customer(id)).is_none() {
            return Err(Refused::of("customer_id", "There is no such customer."));
        }
        let mut surveys = self.resources(ResourceKind::SatisfactionSurveys);
        match surveys.any(|(_, survey)| survey.get("ticket_id") == Some(&json!(ticket))) {
            true => Err(Refused::of("ticket_id", "The ticket has a survey already.")),
            false => Ok(()),
        }
    }
}

/// Returns the decoration of a new tag. A tag without a colour gets one.
fn decoration(tag: &Resource) -> Value {
    let color = tag
        .get("decoration")
        .and_then(|given| given.get("color")?.as_str());
    let color = color.map_or_else(|| made_up_color(tag.get("name")), str::to_lowercase);
    json!({ "color": color })
}

/// Makes a colour from a tag's name.
fn made_up_color(name: Option<&Value>) -> String {
    let name = name.and_then(Value::as_str).unwrap_or_default();
    let bytes = name.bytes();
    let hash = bytes.fold(5381_u32, |hash, byte| {
        hash.wrapping_mul(33) ^ u32::from(byte)
    });
    format!("#{:06x}", hash & 0x00ff_ffff)
}
