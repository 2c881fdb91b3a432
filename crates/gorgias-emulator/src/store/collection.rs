//! Resources with little behaviour: tags, definitions of custom fields, users,
//! teams, integrations, surveys, views. Each is a JSON object, with its
//! keys in the order of recorded answers of the service.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::Store;
use super::names::{first_word, last_word};
use super::refused::Refused;
use crate::ids::Sequence;
use crate::timestamp::Timestamp;

/// One resource.
pub(crate) type Resource = Map<String, Value>;

/// The kind of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ResourceKind {
    CustomFields,
    Integrations,
    SatisfactionSurveys,
    Tags,
    Teams,
    Users,
    Views,
}

impl ResourceKind {
    /// All kinds, each with its key in loaded data, in the order in which they
    /// are loaded.
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::Users, "users"),
        (Self::Teams, "teams"),
        (Self::Tags, "tags"),
        (Self::CustomFields, "custom_fields"),
        (Self::Integrations, "integrations"),
        (Self::Views, "views"),
        (Self::SatisfactionSurveys, "satisfaction_surveys"),
    ];

    /// Returns a new resource with this id and default values for everything else.
    pub(super) fn blank(self, id: i64, now: Timestamp) -> Resource {
        let name = Self::ALL.iter().find(|(kind, _)| *kind == self);
        let blank = name.and_then(|(_, name)| BLANKS.get(*name)).cloned();
        let mut blank = blank.unwrap_or_default();
        for value in blank.values_mut() {
            match value.as_str() {
                Some("{id}") => *value = json!(id),
                Some("{now}") => *value = json!(now),
                Some(text) => *value = json!(text.replace("{id}", &id.to_string())),
                None => {}
            }
        }
        blank
    }
}

/// The default values of each kind, with the keys in the order of recorded answers of
/// the service. `{id}` and `{now}` stand for the id and the time.
static BLANKS: LazyLock<BTreeMap<String, Resource>> =
    LazyLock::new(|| serde_json::from_str(include_str!("blanks.json")).unwrap_or_default());

/// All resources, by kind and id.
pub(super) type Resources = BTreeMap<(ResourceKind, i64), Resource>;

impl Store {
    /// Returns all resources of a kind, in the order of ids.
    pub(crate) fn resources(&self, kind: ResourceKind) -> impl Iterator<Item = (i64, &Resource)> {
        let resources = self.resources.range((kind, i64::MIN)..=(kind, i64::MAX));
        resources.map(|(&(_, id), resource)| (id, resource))
    }

    pub(crate) fn resource(&self, kind: ResourceKind, id: i64) -> Option<&Resource> {
        self.resources.get(&(kind, id))
    }

    /// Returns the id of the first resource whose member is this text.
    pub(super) fn resource_with(
        &self,
        kind: ResourceKind,
        member: &str,
        text: &str,
    ) -> Option<i64> {
        self.resources(kind)
            .find(|(_, resource)| resource.get(member).and_then(Value::as_str) == Some(text))
            .map(|(id, _)| id)
    }

    /// Adds a resource, and returns its id: the given one, which must be free, or
    /// a new one. The resource gets the given members, and default values for the others.
    /// Members that the kind doesn't have are dropped.
    pub(super) fn add(
        &mut self,
        kind: ResourceKind,
        id: Option<i64>,
        given: &Resource,
        now: Timestamp,
    ) -> i64 {
        let id = self.sequence(kind).take(id);
        let mut resource = kind.blank(id, now);
        if kind == ResourceKind::CustomFields
            && given.get("object_type") == Some(&"Customer".into())
        {
            resource.shift_remove("requirement_type");
        }
        set_members(kind, &mut resource, given);
        self.resources.insert((kind, id), resource);
        id
    }

    /// Sets the given members of a resource.
    pub(super) fn alter(
        &mut self,
        kind: ResourceKind,
        id: i64,
        given: &Resource,
    ) -> Result<(), Refused> {
        let resource = self.resources.get_mut(&(kind, id));
        set_members(kind, resource.ok_or(Refused::NotFound)?, given);
        Ok(())
    }

    /// Removes a resource.
    pub(super) fn discard(&mut self, kind: ResourceKind, id: i64) -> Result<(), Refused> {
        let removed = self.resources.remove(&(kind, id));
        removed.map(drop).ok_or(Refused::NotFound)
    }

    fn sequence(&mut self, kind: ResourceKind) -> &mut Sequence {
        match kind {
            ResourceKind::CustomFields => &mut self.ids.custom_fields,
            ResourceKind::Integrations => &mut self.ids.integrations,
            ResourceKind::SatisfactionSurveys => &mut self.ids.satisfaction_surveys,
            ResourceKind::Tags => &mut self.ids.tags,
            ResourceKind::Teams => &mut self.ids.teams,
            ResourceKind::Users => &mut self.ids.people,
            ResourceKind::Views => &mut self.ids.views,
        }
    }
}

/// Sets the given members that the resource has, except `id` and `uri`. The first and
/// last name of a user are those of the name, as far as they aren't given.
fn set_members(kind: ResourceKind, resource: &mut Resource, given: &Resource) {
    for (key, value) in given {
        if let Some(known) = resource.get_mut(key)
            && key != "id"
            && key != "uri"
        {
            value.clone_into(known);
        }
    }
    if kind == ResourceKind::Users
        && let Some(name) = resource.get("name").and_then(Value::as_str)
    {
        let (first, last) = (json!(first_word(Some(name))), json!(last_word(Some(name))));
        for (member, word) in [("firstname", first), ("lastname", last)] {
            if !given.contains_key(member) {
                resource.insert(member.to_owned(), word);
            }
        }
    }
}
