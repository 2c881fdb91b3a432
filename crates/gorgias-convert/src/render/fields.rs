//! Converts assignees, teams, custom fields, tags and the language.

use std::collections::BTreeMap;

use gorgias::api::types::{
    CreateAssigneeTeam, CreateAssigneeUser, CreateCustomFieldValue, CreateTag,
};
use serde_json::{Map, Value};

use super::Rendering;
use crate::NoticeKind;
use crate::conversation::{Conversation, Named};
use crate::defaults;
use crate::map::{AgentRef, Mapped, as_text};
use crate::value_counts::{MOST_INNER, Table};

/// The longest value of a custom field, in bytes, that a template lists.
const LONGEST_LISTED: usize = 80;

impl Rendering<'_> {
    pub(super) fn assignee(
        &mut self,
        conversation: &mut Conversation,
    ) -> Option<CreateAssigneeUser> {
        let person = conversation.assignee.take()?;
        match self.agent(&person) {
            Some(Mapped::To(AgentRef::Id(id))) => return Some(CreateAssigneeUser::new().id(*id)),
            Some(Mapped::LeftOut) => return None,
            _ => {}
        }
        // Only an id can be assigned.
        let known = person.email.or(person.name).unwrap_or(person.id);
        conversation.keep("assignee", known);
        None
    }

    pub(super) fn team(&mut self, conversation: &mut Conversation) -> Option<CreateAssigneeTeam> {
        let Named { id, name } = conversation.team.take()?;
        let teams = &self.map.teams;
        let by_name = || teams.get(name.as_deref()?);
        let mapped = teams.get(&id).or_else(by_name);
        let counts = &mut self.counts;
        let value_count = counts.count(Table::Teams, &id, mapped, None, self.external_id);
        value_count.label.clone_from(&name);
        if mapped.is_none() {
            conversation.keep("team", name.unwrap_or(id));
        }
        match mapped? {
            Mapped::To(team) => Some(CreateAssigneeTeam::new().id(*team)),
            Mapped::LeftOut => None,
        }
    }

    /// The values of the custom fields that the map converts. Values that aren't
    /// converted are kept in `meta`, unless the map leaves them out.
    pub(super) fn custom_fields(
        &mut self,
        conversation: &mut Conversation,
    ) -> Vec<CreateCustomFieldValue> {
        let mut fields: Vec<CreateCustomFieldValue> = Vec::new();
        let mut others = Map::new();
        for (Named { id, name }, value) in std::mem::take(&mut conversation.fields) {
            let known = &self.map.custom_fields;
            let by_name = || known.get(name.as_deref()?);
            let mapped = known.get(&id).or_else(by_name);
            let counts = &mut self.counts;
            let value_count =
                counts.count(Table::CustomFields, &id, mapped, None, self.external_id);
            value_count.label.clone_from(&name);
            list(&mut value_count.inner, &value);
            let field = match mapped {
                Some(Mapped::To(field)) => field,
                Some(Mapped::LeftOut) => continue,
                None => {
                    others.insert(name.unwrap_or(id), value);
                    continue;
                }
            };
            let at = format!("/custom_fields/{}", fields.len());
            let twice = fields.iter().any(|other| other.get_id() == Some(field.id));
            if let Some(value) = field.convert(&value).filter(|_| !twice) {
                let value = self.notices.value(value, &at);
                fields.push(CreateCustomFieldValue::new(field.id, value));
                continue;
            }
            let detail = match twice {
                true => format!(
                    "field {id} and an earlier field are both mapped to {}",
                    field.id
                ),
                false => format!(
                    "the value of field {id} does not have the type of custom field {}",
                    field.id
                ),
            };
            self.notices.add(NoticeKind::Unusable, &at, detail);
            others.insert(id, value);
        }
        if !others.is_empty() {
            conversation.keep("custom_fields", others);
        }
        fields
    }

    pub(super) fn tags(&mut self, conversation: &mut Conversation) -> Vec<CreateTag> {
        let mut tags: Vec<CreateTag> = Vec::new();
        for name in std::mem::take(&mut conversation.tags) {
            let at = format!("/tags/{}", tags.len());
            let Some(name) = self.notices.tag(name, &at) else {
                self.notices
                    .add(NoticeKind::Unusable, &at, "the tag is empty");
                continue;
            };
            if tags.iter().all(|other| other.get_name() != Some(&name)) {
                tags.push(CreateTag::new(name));
            }
        }
        tags
    }

    pub(super) fn language(&mut self, conversation: &mut Conversation) -> Option<String> {
        let value = conversation.language.take()?;
        let code = defaults::language(&value);
        if code.is_none() {
            let detail = "is not the code of a language";
            self.notices.add(NoticeKind::Unusable, "/language", detail);
            conversation.keep("language", value);
        }
        code
    }
}

/// Counts a value of a custom field, for a template. Long values, and new values beyond
/// the first [`MOST_INNER`], aren't counted.
fn list(inner: &mut BTreeMap<String, u64>, value: &Value) {
    let text = as_text(value);
    let known = inner.contains_key(&text);
    if known || (inner.len() < MOST_INNER && text.len() <= LONGEST_LISTED) {
        let count = inner.entry(text).or_default();
        *count = count.saturating_add(1);
    }
}
