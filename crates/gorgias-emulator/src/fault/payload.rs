//! Faults that change the JSON of a success.

use serde_json::{Map, Value, json};

use crate::http::answer::Answer;

/// A ticket in an answer.
type Ticket = Map<String, Value>;

/// A function that changes a text.
type Rewrite = fn(&str) -> String;

/// A placeholder for JSON that a [`Value`] can't hold. It is replaced in the
/// encoded bytes.
const RAW: &str = "raw-json-goes-here";

/// Changes the ticket of an answer, or every ticket of a list.
pub(super) fn edit(answer: &mut Answer, change: impl Fn(&mut Ticket)) {
    let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else {
        return;
    };
    match body.get_mut("data").and_then(Value::as_array_mut) {
        Some(tickets) => {
            let tickets = tickets.iter_mut().filter_map(Value::as_object_mut);
            tickets.for_each(change);
        }
        None => {
            body.as_object_mut().map(change);
        }
    }
    answer.body = body.to_string().into();
}

/// Sets members of a ticket, and then replaces text of the encoded answer by
/// bytes that need not be JSON.
fn edit_bytes(answer: &mut Answer, members: &Value, text: &str, by: &[u8]) {
    edit(answer, |ticket| set(ticket, members.clone()));
    let encoded = String::from_utf8_lossy(&answer.body);
    let parts: Vec<&[u8]> = encoded.split(text).map(str::as_bytes).collect();
    answer.body = parts.join(by).into();
}

/// Sets members of a ticket.
pub(super) fn set(ticket: &mut Ticket, members: Value) {
    if let Value::Object(members) = members {
        ticket.extend(members);
    }
}

/// Visits every member of every object, at any depth, the inner ones first.
fn each(object: &mut Map<String, Value>, visit: &dyn Fn(&str, &mut Value)) {
    fn inside(value: &mut Value, visit: &dyn Fn(&str, &mut Value)) {
        match value {
            Value::Object(object) => each(object, visit),
            Value::Array(items) => items.iter_mut().for_each(|item| inside(item, visit)),
            _ => {}
        }
    }
    for (key, value) in object {
        inside(value, visit);
        visit(key, value);
    }
}

pub(super) fn naive_datetimes(ticket: &mut Ticket) {
    each(ticket, &|key, value| {
        if key.ends_with("_datetime")
            && let Some(text) = value.as_str()
        {
            *value = json!(text.replace("+00:00", ""));
        }
    });
}

pub(super) fn mixed_datetimes(ticket: &mut Ticket) {
    let changes: [(&str, Rewrite); 4] = [
        ("created_datetime", |text| text.replace("+00:00", "Z")),
        ("updated_datetime", |text| {
            text.get(..19).unwrap_or(text).to_owned() + "+00:00"
        }),
        ("last_message_datetime", |text| text.replace('T', " ")),
        // One of the vendor's samples has this datetime.
        ("last_received_message_datetime", |_| {
            "2020-07-1300:00:00-05:00".to_owned()
        }),
    ];
    for (key, change) in changes {
        if let Some(Value::String(text)) = ticket.get_mut(key) {
            *text = change(text);
        }
    }
}

pub(super) fn unknown_values(ticket: &mut Ticket) {
    let values = json!({
        "status": "pending", "priority": "urgent",
        "via": "carrier-pigeon", "channel": "carrier-pigeon",
    });
    set(ticket, values);
}

pub(super) fn unknown_fields(ticket: &mut Ticket) {
    set(
        ticket,
        json!({"mood": {"score": 0.5, "words": ["late", null]}}),
    );
    for inner in ["messages", "customer"] {
        let inner = ticket.get_mut(inner).and_then(|inner| match inner {
            Value::Array(items) => items.first_mut(),
            other => Some(other),
        });
        if let Some(Value::Object(inner)) = inner {
            inner.insert("mood".to_owned(), json!("calm"));
        }
    }
}

pub(super) fn nulls(ticket: &mut Ticket) {
    for value in ticket.values_mut() {
        if value.is_object() || value.is_string() {
            *value = Value::Null;
        }
    }
}

pub(super) fn null_arrays(ticket: &mut Ticket) {
    each(ticket, &|_, value| {
        if value.is_array() {
            *value = Value::Null;
        }
    });
}

pub(super) fn numbers_as_strings(ticket: &mut Ticket) {
    each(ticket, &|_, value| {
        if let Value::Number(number) = value {
            *value = json!(number.to_string());
        }
    });
}

pub(super) fn float_ids(ticket: &mut Ticket) {
    each(ticket, &|key, value| {
        if key == "id"
            && let Some(id) = value.as_f64()
        {
            *value = json!(id);
        }
    });
}

pub(super) fn large_integers(ticket: &mut Ticket) {
    let (user, team) = (9_007_199_254_740_993_i64, i64::MAX);
    set(
        ticket,
        json!({"assignee_user_id": user, "assignee_team_id": team}),
    );
}

pub(super) fn huge_integers(answer: &mut Answer) {
    let members = json!({"assignee_user_id": u64::MAX, "assignee_team_id": RAW});
    huge(answer, &members);
}

pub(super) fn huge_id(answer: &mut Answer) {
    huge(answer, &json!({ "id": RAW }));
}

fn huge(answer: &mut Answer, members: &Value) {
    let digits = "9".repeat(400);
    edit_bytes(answer, members, &format!("\"{RAW}\""), digits.as_bytes());
}

pub(super) fn duplicate_keys(answer: &mut Answer) {
    let key = format!("\"{RAW}\":0");
    edit_bytes(answer, &json!({ RAW: 0 }), &key, b"\"status\":\"closed\"");
}

pub(super) fn deep_meta(ticket: &mut Ticket) {
    let deep = (0..200).fold(json!(1), |inner, _| json!({ "deeper": inner }));
    set(ticket, json!({ "meta": deep }));
}

pub(super) fn other_shapes(ticket: &mut Ticket) {
    let shapes = json!({
        "custom_fields": {"12": {"id": 12, "value": "a::b"}},
        "tags": [
            {"id": 1, "name": "empty", "decoration": {}},
            {"id": 2, "name": "null", "decoration": null},
        ],
        "from_agent": null,
    });
    set(ticket, shapes);
}

pub(super) fn odd_text(ticket: &mut Ticket) {
    let text = "\u{1f4e6}\u{0} \u{202e}\u{5e9}\u{5dc}\u{5d5}";
    set(ticket, json!({ "subject": text }));
}

pub(super) fn lone_surrogate(answer: &mut Answer) {
    edit_bytes(answer, &json!({ "subject": RAW }), RAW, b"\\ud83d");
}

pub(super) fn invalid_utf_8(answer: &mut Answer) {
    edit_bytes(answer, &json!({ "subject": RAW }), RAW, b"caf\xe9");
}

pub(super) fn other_external_id(ticket: &mut Ticket) {
    let own = ticket.get("external_id").and_then(Value::as_str);
    let other = format!("{}-of-another", own.unwrap_or("ticket"));
    set(ticket, json!({ "external_id": other }));
}
