//! A valid answer with anything in it changed.

use gorgias::{Delivery, NewTicket, RetryPolicy};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::support::{Script, fixture, json as answer};

#[derive(Clone, Debug)]
enum Change {
    Delete,
    Rename,
    Put(Value),
}

fn change() -> impl Strategy<Value = Change> {
    let values = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!(u64::MAX)),
        Just(json!("")),
        Just(json!("12")),
        Just(json!("2026-01-26T14:02:00.384938")),
        Just(json!("2020-07-1300:00:00-05:00")),
        Just(json!([])),
        Just(json!([null, 7, "x", {}, []])),
        Just(json!({})),
        Just(json!({"id": "x", "nested": [{"deep": null}]})),
        any::<i64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(|text| json!(text)),
    ];
    prop_oneof![
        1 => Just(Change::Delete),
        1 => Just(Change::Rename),
        4 => values.prop_map(Change::Put),
    ]
}

/// Every place in a value, by pointer.
fn places(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, v)| (name.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (name, member) in members {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        places(member, &pointer, found);
        found.push(pointer);
    }
}

fn apply(value: &mut Value, pointer: &str, change: Change) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    let Some(parent) = value.pointer_mut(parent) else {
        return;
    };
    match (parent, change) {
        (Value::Object(members), Change::Put(new)) => {
            members.insert(name, new);
        }
        (Value::Object(members), Change::Delete) => {
            members.remove(&name);
        }
        (Value::Object(members), Change::Rename) => {
            if let Some(old) = members.remove(&name) {
                members.insert(format!("{name}_2"), old);
            }
        }
        (Value::Array(items), change) => {
            let index: usize = name.parse().unwrap();
            match change {
                Change::Put(new) if index < items.len() => items[index] = new,
                Change::Delete if index < items.len() => {
                    items.remove(index);
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// The id a reader can be expected to find.
fn integral(id: &Value) -> Option<i64> {
    match id {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_changed_ticket_is_read_whenever_it_has_an_id(
        changes in proptest::collection::vec((any::<Index>(), change()), 1..6),
        cut in proptest::option::weighted(0.1, any::<Index>()),
    ) {
        let mut ticket = fixture("ticket");
        for (place, change) in changes {
            let mut found = Vec::new();
            places(&ticket, "", &mut found);
            if !found.is_empty() {
                let pointer = found[place.index(found.len())].clone();
                apply(&mut ticket, &pointer, change);
            }
        }
        let text = ticket.to_string();
        let length = cut.map_or(text.len(), |cut| cut.index(text.len()));
        let body = String::from_utf8_lossy(&text.as_bytes()[..length]).into_owned();
        let whole = body == text;

        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let script = Script::answering(answer(201, body));
        let new = NewTicket::from_customer("jane@example.com");
        let result = runtime.block_on(async { script.client().tickets().create(new).await });
        let id = integral(&ticket["id"]);
        match result {
            Ok(created) => prop_assert_eq!(Some(created.ticket.id), id),
            Err(error) => {
                // A whole answer that is no ticket says nothing of one.
                match (error.resource_id(), whole) {
                    (Some(_), _) => prop_assert_eq!(error.delivery(), Delivery::Applied),
                    (None, true) => prop_assert_eq!(error.delivery(), Delivery::Unknown),
                    (None, false) => prop_assert!(!error.delivery().is_safe_to_resend()),
                }
                prop_assert!(!whole || id.is_none(), "{} lost {:?}", error, id);
            }
        }
    }

    #[test]
    fn a_changed_list_never_panics(
        changes in proptest::collection::vec((any::<Index>(), change()), 1..6),
    ) {
        let mut list = fixture("list");
        for (place, change) in changes {
            let mut found = Vec::new();
            places(&list, "", &mut found);
            let pointer = found[place.index(found.len())].clone();
            apply(&mut list, &pointer, change);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let script = Script::answering(answer(200, list.to_string()));
        let call = script.client().tickets().list().with_retry(RetryPolicy::none());
        let result = runtime.block_on(call.send());
        prop_assert!(result.is_ok() || result.is_err());
    }
}
