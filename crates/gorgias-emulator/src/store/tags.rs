//! The account's tags, by name.

use serde_json::json;

use super::create::Refused;
use super::{Store, Tag};
use crate::strictness::UnknownTags;
use crate::wire::loaded::LoadedTag;
use crate::wire::request::NewTag;

const NO_SUCH_TAG: &str = "There is no tag of this name.";

impl Store {
    /// Refuses tags that the account does not have, if that is asked for.
    pub(super) fn check_tags(&self, tags: &[NewTag]) -> Result<(), Refused> {
        if self.behaviour.unknown_tags == UnknownTags::Created {
            return Ok(());
        }
        let known = |tag: &NewTag| self.tags_by_name.contains_key(tag.name());
        match tags.iter().position(|tag| !known(tag)) {
            Some(index) => Err(Refused {
                path: vec!["tags".to_owned(), index.to_string()],
                message: NO_SUCH_TAG,
            }),
            None => Ok(()),
        }
    }

    /// Tags keep the ids they are loaded with, unless the account has them by
    /// name already, or the id for another.
    pub(super) fn keep_tags(&mut self, loaded: &[LoadedTag]) {
        for tag in loaded {
            let (Some(name), Some(id)) = (&tag.name, tag.id) else {
                continue;
            };
            if !self.tags_by_name.contains_key(name) && !self.tags.contains_key(&id) {
                self.insert_tag(id, name.clone());
            }
        }
    }

    fn insert_tag(&mut self, id: i64, name: String) {
        self.ids.tags.skip_past(id);
        self.tags_by_name.insert(name.clone(), id);
        let tag = Tag {
            id,
            name,
            decoration: json!({}),
        };
        self.tags.insert(id, tag);
    }

    /// Tags by name, created when new; a decoration given here replaces the
    /// tag's.
    pub(super) fn resolve_tags(&mut self, new: Vec<NewTag>) -> Vec<i64> {
        let mut ids: Vec<i64> = Vec::with_capacity(new.len());
        for tag in new {
            let (name, decoration) = match tag {
                NewTag::Name(name) => (name, None),
                NewTag::Tag { name, decoration } => (name, decoration),
            };
            let id = match self.tags_by_name.get(&name) {
                Some(&id) => id,
                None => {
                    let id = self.ids.tags.next();
                    self.insert_tag(id, name);
                    id
                }
            };
            if let (Some(tag), Some(decoration)) = (self.tags.get_mut(&id), decoration) {
                tag.decoration = decoration;
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }
}
