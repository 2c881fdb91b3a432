//! Takes the members out of an object one by one. The members that are left at the end
//! are those that the converter doesn't know.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::input::{Json, Object};
use crate::time::TimeFormat;

/// The members of an object. A member that was taken is null.
#[derive(Default)]
pub(super) struct Members<'t> {
    members: Object<'t>,
    /// The index after the member that was found last.
    next: usize,
}

impl<'t> Members<'t> {
    pub(super) fn of(json: Json<'t>) -> Option<Self> {
        match json {
            Json::Object(members) => Some(Self { members, next: 0 }),
            _ => None,
        }
    }

    /// Finds a member that isn't null. Members are mostly read in the order of the
    /// object, so the search begins after the member that was found last.
    pub(super) fn find(&mut self, name: &str) -> Option<&mut Json<'t>> {
        let named = |place: &usize| {
            let member = self.members.get(*place);
            member.is_some_and(|(other, value)| *other == name && !matches!(value, Json::Null))
        };
        let mut places = (self.next..self.members.len()).chain(0..self.next);
        let place = places.find(named)?;
        self.next = place.saturating_add(1);
        self.members.get_mut(place).map(|(_, value)| value)
    }

    /// Takes a member if `fits` accepts its value.
    fn take(&mut self, name: &str, fits: impl Fn(&Json<'t>) -> bool) -> Option<Json<'t>> {
        let value = self.find(name)?;
        fits(value).then(|| std::mem::take(value))
    }

    /// Finds a value inside a member. The path begins with the name of the member, then
    /// names a member of each inner object.
    pub(super) fn inner(&mut self, path: &[&str]) -> Option<&mut Json<'t>> {
        let (first, rest) = path.split_first()?;
        let mut value = self.find(first)?;
        for name in rest {
            let Json::Object(members) = value else {
                return None;
            };
            let mut members = members.iter_mut();
            value = members
                .find(|(other, _)| other == name)
                .map(|(_, value)| value)?;
        }
        Some(value)
    }

    pub(super) fn has(&mut self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(super) fn add(&mut self, name: &'static str, value: Json<'t>) {
        self.members.push((name.into(), value));
    }

    /// Takes a text that isn't empty. A number is converted to a text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let fits = |value: &Json<'_>| matches!(value, Json::Text(_) | Json::Number(_));
        let text = match self.take(name, fits)? {
            Json::Text(text) => text.into_owned(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Takes an id.
    pub(super) fn id(&mut self, name: &str) -> Option<String> {
        let fits = |value: &Json<'_>| matches!(value, Json::Text(_) | Json::Number(_));
        id_of(&self.take(name, fits)?)
    }

    pub(super) fn time(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let value = self.find(name)?;
        let at = TimeFormat::default().read(value)?;
        *value = Json::Null;
        Some(at)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.find(name)?;
        let flag = match value {
            Json::Bool(flag) => *flag,
            Json::Text(text) if text == "true" => true,
            Json::Text(text) if text == "false" => false,
            Json::Number(number) if number.as_i64() == Some(1) => true,
            Json::Number(number) if number.as_i64() == Some(0) => false,
            _ => return None,
        };
        *value = Json::Null;
        Some(flag)
    }

    pub(super) fn list(&mut self, name: &str) -> Vec<Json<'t>> {
        match self.take(name, |value| matches!(value, Json::List(_))) {
            Some(Json::List(items)) => items,
            _ => Vec::new(),
        }
    }

    pub(super) fn object(&mut self, name: &str) -> Option<Self> {
        let object = self.take(name, |value| matches!(value, Json::Object(_)))?;
        Self::of(object)
    }

    /// Takes a value of any type. A value that is empty isn't taken.
    pub(super) fn value(&mut self, name: &str) -> Option<Value> {
        self.json(name).map(Value::from)
    }

    pub(super) fn json(&mut self, name: &str) -> Option<Json<'t>> {
        self.take(name, |value| !value.is_empty())
    }

    /// Removes the members with these names.
    pub(super) fn forget(&mut self, names: &[&str]) {
        for (name, value) in &mut self.members {
            if names.contains(&&**name) {
                *value = Json::Null;
            }
        }
    }

    /// The names of the members that aren't empty and were not taken.
    pub(super) fn rest(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter();
        members
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, _)| &**name)
    }
}

/// Reads an id, which is a number or a text. An id of 0 counts as none.
pub(super) fn id_of(value: &Json<'_>) -> Option<String> {
    let id = match value {
        Json::Text(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        _ => return None,
    };
    (!id.is_empty() && id != "0").then_some(id)
}

impl<'t> From<Members<'t>> for Json<'t> {
    /// Makes an object of the members. Members that were taken are null.
    fn from(members: Members<'t>) -> Self {
        Self::Object(members.members)
    }
}
