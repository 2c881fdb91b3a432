//! Values of a ticket that take some reading.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::members::{Members, is_empty};
use crate::conversation::Named;
use crate::time::TimeFormat;

pub(super) fn solved_at(members: &mut Members) -> Option<DateTime<Utc>> {
    let own = members
        .time("closed_at")
        .or_else(|| members.time("solved_at"));
    own.or_else(|| {
        let metrics = members.0.get_mut("metric_set")?.as_object_mut()?;
        let at = metrics.remove("solved_at")?;
        TimeFormat::default().read(&at)
    })
}

/// A list of tags, or one text with blanks between them.
pub(super) fn tags(members: &mut Members) -> Vec<String> {
    if let Some(text) = members.text("tags") {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    let tags = members.list("tags").into_iter();
    let tags = tags.filter(|tag| !is_empty(tag) || tag.is_string());
    tags.map(|tag| match &tag {
        Value::String(text) => text.clone(),
        tag => match tag.get("name") {
            Some(Value::String(name)) => name.clone(),
            _ => tag.to_string(),
        },
    })
    .collect()
}

pub(super) fn fields(members: &mut Members) -> Vec<(Named, Value)> {
    let mut list = members.list("custom_fields");
    if list.is_empty() {
        list = members.list("fields");
    }
    let mut fields = Vec::new();
    for value in list {
        let Some(mut field) = Members::of(value.clone()) else {
            let id = "without an id".to_owned();
            fields.push((Named { id, name: None }, value));
            continue;
        };
        let (id, name) = (field.id("id"), field.text("title"));
        let value = field.0.remove("value");
        let Some(value) = value.filter(|value| *value == json!(false) || !is_empty(value)) else {
            continue;
        };
        let id = id.or_else(|| name.clone());
        let id = id.unwrap_or_else(|| "without an id".to_owned());
        fields.push((Named { id, name }, value));
    }
    fields
}

pub(super) fn host(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(str::to_owned)
}
