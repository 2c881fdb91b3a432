//! Reads values of a ticket that are written in several ways in exports.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::members::Members;
use crate::conversation::Named;
use crate::input::Json;
use crate::time::TimeFormat;

pub(super) fn solved_at(members: &mut Members<'_>) -> Option<DateTime<Utc>> {
    let own = members
        .time("closed_at")
        .or_else(|| members.time("solved_at"));
    own.or_else(|| {
        let at = std::mem::take(members.inner(&["metric_set", "solved_at"])?);
        TimeFormat::default().read(&at)
    })
}

/// Returns the tags, from a list or from one text with spaces between the tags.
pub(super) fn tags(members: &mut Members<'_>) -> Vec<String> {
    if let Some(text) = members.text("tags") {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    let tags = members.list("tags").into_iter();
    let tags = tags.filter(|tag| !tag.is_empty() || tag.as_str().is_some());
    tags.map(|tag| match tag {
        Json::Text(text) => text.into_owned(),
        Json::Object(members) => {
            let name = members.iter().find(|(name, _)| name == "name");
            let name = name.and_then(|(_, name)| name.as_str()).map(str::to_owned);
            name.unwrap_or_else(|| Value::from(Json::Object(members)).to_string())
        }
        tag => Value::from(tag).to_string(),
    })
    .collect()
}

/// Returns the custom fields that have a value.
pub(super) fn fields(members: &mut Members<'_>) -> Vec<(Named, Value)> {
    let mut list = members.list("custom_fields");
    if list.is_empty() {
        list = members.list("fields");
    }
    let mut fields = Vec::new();
    for value in list {
        let mut field = match value {
            Json::Object(_) => Members::of(value).unwrap_or_default(),
            value => {
                let id = "without an id".to_owned();
                fields.push((Named { id, name: None }, value.into()));
                continue;
            }
        };
        // `false` is kept: it is the value of a checkbox that isn't ticked. Empty values
        // are skipped.
        let value = match field.find("value") {
            Some(Json::Bool(false)) => Some(Value::Bool(false)),
            _ => field.value("value"),
        };
        let Some(value) = value else { continue };
        let (id, name) = (field.id("id"), field.text("title"));
        let id = id.or_else(|| name.clone());
        let id = id.unwrap_or_else(|| "without an id".to_owned());
        fields.push((Named { id, name }, value));
    }
    fields
}

/// Returns the host of a URL.
pub(super) fn host(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(str::to_owned)
}
