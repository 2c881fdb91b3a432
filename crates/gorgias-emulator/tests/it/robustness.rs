//! Tests that any request gets an answer that the document allows.

use bytes::Bytes;
use http::{Method, StatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{from_customer, post, request, send, unlimited};

/// Returns a body with every member.
fn whole() -> Value {
    from_customer(
        "jane@example.com",
        json!({
            "external_id": "k", "subject": "Hi", "priority": "low", "status": "closed",
            "created_datetime": "2026-01-01T00:00:00Z", "meta": {"a": 1},
            "tags": [{"name": "vip", "decoration": {"color": "#fff"}}],
            "custom_fields": [{"id": 1, "value": true}],
            "assignee_user": {"id": 1}, "assignee_team": {"id": 2},
            "messages": [{
                "channel": "email", "via": "email", "from_agent": true, "public": true,
                "sender": {"email": "a@example.com"}, "receiver": {"id": 5, "name": "J"},
                "source": {"type": "email", "from": {"address": "a@example.com"},
                    "to": [{"address": "j@example.com"}]},
                "attachments": [{"url": "https://a.example/b", "name": "b",
                    "content_type": "text/plain", "size": 1}],
                "macros": [{"id": 1}], "mention_ids": [1], "actions": [{}], "headers": {"x": 1},
                "last_sending_error": {"error": "e"}, "integration_id": 3
            }]
        }),
    )
}

/// Finds the pointers of all values within a value, outermost first.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, inner)| places(inner, &format!("{at}/{index}"), found)),
        _ => {}
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e20..1e20).prop_map(|number: f64| json!(number)),
        Just(json!(1.0)),
        ".{0,20}".prop_map(Value::from),
        Just(json!("2026-02-30T25:61:61Z")),
        Just(json!("2016-12-31T23:59:60Z")),
        Just(json!("9999-12-31T23:59:59.999999999-12:00")),
        Just(json!("0000-01-01T00:00:00Z")),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[null]])),
    ]
}

proptest! {
    #[test]
    fn a_changed_body_is_accepted_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), odd_value()), 1..4),
    ) {
        let mut body = whole();
        for (index, value) in changes {
            let mut found = Vec::new();
            places(&body, "", &mut found);
            let place = index.get(&found);
            *body.pointer_mut(place).unwrap() = value;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let reply = runtime.block_on(post(&unlimited(), &body));
        let known = [StatusCode::CREATED, StatusCode::BAD_REQUEST];
        prop_assert!(known.contains(&reply.status), "{body}: {:?}", reply.body);
        if reply.status == StatusCode::BAD_REQUEST {
            prop_assert_eq!(reply.message(), "Failed to create ticket", "{}", body);
            prop_assert!(reply.data().is_object(), "{}", body);
        }
    }

    #[test]
    fn any_query_is_answered(query in "[a-z_]{1,12}=[ -~]{0,12}", known in 0_usize..9) {
        let names = ["cursor", "limit", "order_by", "customer_id", "external_id", "view_id",
            "rule_id", "ticket_ids", "trashed"];
        let (_, value) = query.split_once('=').unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for query in [query.clone(), format!("{}={value}", names[known])] {
            let Ok(request) = request(Method::GET, &format!("/api/tickets?{query}"))
                .body(Bytes::new())
            else {
                continue;
            };
            let reply = runtime.block_on(send(&unlimited(), request));
            let known = [StatusCode::OK, StatusCode::BAD_REQUEST];
            prop_assert!(known.contains(&reply.status), "{query}: {:?}", reply.body);
        }
    }
}
