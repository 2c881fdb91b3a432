//! The account's tags, by name.

use serde_json::{Value, json};

use super::Store;
use super::collection::{Resource, ResourceKind};
use super::new_ticket::NewTag;
use super::read::integer;
use super::refused::Refused;
use crate::strictness::UnknownTags;
use crate::timestamp::Timestamp;

const NO_SUCH_TAG: &str = "There is no tag of this name.";

impl Store {
    pub(crate) fn tag(&self, id: i64) -> Option<&Resource> {
        self.resource(ResourceKind::Tags, id)
    }

    /// Returns the id of the tag with exactly this name.
    pub(super) fn tag_named(&self, name: &str) -> Option<i64> {
        self.resource_with(ResourceKind::Tags, "name", name)
    }

    /// Refuses tags that the account doesn't have, if the strictness has
    /// [`UnknownTags::Refused`].
    pub(super) fn check_tags(&self, tags: &[NewTag]) -> Result<(), Refused> {
        if self.policy.unknown_tags == UnknownTags::Created {
            return Ok(());
        }
        self.check_tags_exist(tags)
    }

    /// Refuses tags that the account doesn't have.
    pub(super) fn check_tags_exist(&self, tags: &[NewTag]) -> Result<(), Refused> {
        let unknown = tags
            .iter()
            .position(|tag| self.tag_named(tag.name()).is_none());
        match unknown {
            Some(index) => Err(Refused::at(&["tags", &index.to_string()], NO_SUCH_TAG)),
            None => Ok(()),
        }
    }

    /// Finds tags by name, or creates them. A tag of a loaded ticket is created with its
    /// id, if no other tag has this id. A given decoration replaces the decoration of the
    /// tag.
    pub(super) fn resolve_tags(&mut self, new: Vec<NewTag>, now: Timestamp) -> Vec<i64> {
        let mut ids: Vec<i64> = Vec::with_capacity(new.len());
        for tag in new {
            let (id, name, decoration) = match tag {
                NewTag::Name(name) => (None, name, None),
                NewTag::Tag {
                    id,
                    name,
                    decoration,
                } => (id, name, decoration),
            };
            let id = match self.tag_named(&name) {
                Some(id) => id,
                None => {
                    let id = id.and_then(|id| id.as_i64());
                    let id = id.filter(|&id| self.tag(id).is_none());
                    self.add(ResourceKind::Tags, id, &member("name", json!(name)), now)
                }
            };
            if let Some(decoration) = decoration {
                let change = member("decoration", decoration);
                let _ = self.alter(ResourceKind::Tags, id, &change);
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Returns the tags that `names` and `ids` of a body select.
    pub(crate) fn selected_tags(&self, body: &Value) -> Result<Vec<i64>, Refused> {
        let find = |key: &str, item: &Value| match key {
            "names" => self.tag_named(item.as_str()?),
            _ => integer(item).ok()?.filter(|&id| self.tag(id).is_some()),
        };
        let mut selected = Vec::new();
        for key in ["names", "ids"] {
            let items = body.get(key).and_then(Value::as_array);
            for (index, item) in items.into_iter().flatten().enumerate() {
                let missing = || Refused::at(&[key, &index.to_string()], "There is no such tag.");
                let id = find(key, item).ok_or_else(missing)?;
                if !selected.contains(&id) {
                    selected.push(id);
                }
            }
        }
        Ok(selected)
    }

    /// Replaces tags of all tickets with another tag.
    pub(crate) fn replace_tags(&mut self, sources: &[i64], target: i64) -> Result<(), Refused> {
        if sources.iter().any(|&id| self.tag(id).is_none()) {
            return Err(Refused::NotFound);
        }
        for ticket in self.tickets.values_mut() {
            if ticket.tag_ids.iter().any(|id| sources.contains(id))
                && !ticket.tag_ids.contains(&target)
            {
                ticket.tag_ids.push(target);
            }
        }
        Ok(())
    }

    /// Deletes tags, also from all tickets.
    pub(crate) fn delete_tags(&mut self, ids: &[i64]) -> Result<(), Refused> {
        for &id in ids {
            self.discard(ResourceKind::Tags, id)?;
        }
        for ticket in self.tickets.values_mut() {
            ticket.tag_ids.retain(|id| !ids.contains(id));
        }
        Ok(())
    }
}

/// Makes a resource with one member.
fn member(name: &str, value: Value) -> Resource {
    Resource::from_iter([(name.to_owned(), value)])
}
