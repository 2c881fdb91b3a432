//! Assignees, teams, custom fields, tags and the language.

use serde_json::{Map, Value, json};

use super::Look;
use super::notes::Notes;
use super::text;
use super::ticket::{CustomField, Id, Tag};
use crate::NoticeKind;
use crate::conversation::{Conversation, Named};
use crate::defaults;
use crate::map::{AgentRef, Entry, as_text};
use crate::met::{Fate, MOST_INNER, Table};

/// The longest value of a custom field that a template lists.
const LONGEST_LISTED: usize = 80;

impl Look<'_> {
    pub(super) fn assignee(&mut self, conversation: &mut Conversation) -> Option<Id> {
        let person = conversation.assignee.clone()?;
        match self.agent(&person) {
            Some(Entry::To(AgentRef::Id(id))) => return Some(Id { id: *id }),
            Some(Entry::LeftOut) => return None,
            _ => {}
        }
        // Only an id can be assigned.
        let known = person.email.or(person.name).unwrap_or(person.id);
        conversation
            .meta
            .insert("assignee".to_owned(), json!(known));
        None
    }

    pub(super) fn team(&mut self, conversation: &mut Conversation) -> Option<Id> {
        let Named { id, name } = conversation.team.clone()?;
        let by_name = || self.map.teams.get(name.as_deref()?);
        let (team, fate) = match self.map.teams.get(&id).or_else(by_name) {
            Some(Entry::To(team)) => (Some(Id { id: *team }), Fate::Mapped),
            Some(_) => (None, Fate::Dropped),
            None => (None, Fate::Unmapped),
        };
        let met = self.met.add(Table::Teams, &id, fate, self.ticket);
        met.label.clone_from(&name);
        if fate == Fate::Unmapped {
            let known = name.unwrap_or(id);
            conversation.meta.insert("team".to_owned(), json!(known));
        }
        team
    }

    /// The values of fields that are mapped; the others go to `meta`.
    pub(super) fn custom_fields(
        &mut self,
        conversation: &mut Conversation,
        notes: &mut Notes,
    ) -> Vec<CustomField> {
        let mut fields: Vec<CustomField> = Vec::new();
        let mut others = Map::new();
        for (Named { id, name }, value) in std::mem::take(&mut conversation.fields) {
            let by_name = || self.map.custom_fields.get(name.as_deref()?);
            let entry = self.map.custom_fields.get(&id).or_else(by_name);
            let fate = match entry {
                Some(Entry::To(_)) => Fate::Mapped,
                Some(_) => Fate::Dropped,
                None => Fate::Unmapped,
            };
            let met = self.met.add(Table::CustomFields, &id, fate, self.ticket);
            met.label.clone_from(&name);
            list(&mut met.inner, &value);
            let Some(Entry::To(field)) = entry else {
                if fate == Fate::Unmapped {
                    others.insert(name.unwrap_or(id), value);
                }
                continue;
            };
            let at = format!("/custom_fields/{}", fields.len());
            let twice = fields.iter().any(|other| other.id == field.id);
            match field.convert(&value).filter(|_| !twice) {
                Some(value) => fields.push(CustomField {
                    id: field.id,
                    value: text::value(value, &at, notes),
                }),
                None => {
                    let detail = match twice {
                        true => format!("field {id} is mapped to {}, as another one is", field.id),
                        false => format!("the value of field {id} is not of its type"),
                    };
                    notes.add(NoticeKind::Unusable, &at, detail);
                    others.insert(id, value);
                }
            }
        }
        if !others.is_empty() {
            conversation
                .meta
                .insert("custom_fields".to_owned(), Value::Object(others));
        }
        fields
    }

    pub(super) fn tags(&self, conversation: &mut Conversation, notes: &mut Notes) -> Vec<Tag> {
        let mut tags: Vec<Tag> = Vec::new();
        for name in std::mem::take(&mut conversation.tags) {
            let at = format!("/tags/{}", tags.len());
            let Some(name) = text::tag(name, &at, notes) else {
                notes.add(NoticeKind::Unusable, &at, "the tag is empty");
                continue;
            };
            if tags.iter().all(|other| other.name != name) {
                tags.push(Tag { name });
            }
        }
        tags
    }

    pub(super) fn language(
        &self,
        conversation: &mut Conversation,
        notes: &mut Notes,
    ) -> Option<String> {
        let value = conversation.language.take()?;
        let code = defaults::language(&value);
        if code.is_none() {
            notes.add(
                NoticeKind::Unusable,
                "/language",
                "is not the code of a language",
            );
            conversation
                .meta
                .insert("language".to_owned(), json!(value));
        }
        code
    }
}

fn list(inner: &mut std::collections::BTreeMap<String, u64>, value: &Value) {
    let text = as_text(value);
    let known = inner.contains_key(&text);
    if known || (inner.len() < MOST_INNER && text.len() <= LONGEST_LISTED) {
        let count = inner.entry(text).or_default();
        *count = count.saturating_add(1);
    }
}
