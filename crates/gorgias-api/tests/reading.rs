//! What responses may look like and still be read.

use gorgias_api::types::{Ticket, TicketList, Via};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(value: Value) -> Ticket {
    serde_json::from_str(&value.to_string()).unwrap()
}

#[test]
fn an_id_alone_is_a_ticket() {
    let ticket = read(json!({"id": 5}));
    assert_eq!(ticket.id, 5);
    assert_eq!(ticket.subject, None);
    assert!(ticket.messages.is_empty());
}

#[test]
fn an_id_may_be_a_numeric_string_or_an_integral_float() {
    for (id, expected) in [
        (json!("5512"), 5512),
        (json!(5512.0), 5512),
        (json!(9_007_199_254_740_993_i64), 9_007_199_254_740_993),
        (json!(i64::MAX), i64::MAX),
    ] {
        assert_eq!(read(json!({"id": id})).id, expected);
    }
    let exponent: Ticket = serde_json::from_str(r#"{"id": 1e3}"#).unwrap();
    assert_eq!(exponent.id, 1000);
}

#[test]
fn without_an_id_there_is_no_ticket() {
    for text in [
        r#"{}"#,
        r#"{"id": null}"#,
        r#"{"id": 18446744073709551615}"#,
        r#"{"id": 1.5}"#,
        r#"{"id": "none"}"#,
        "[]",
        "null",
        "5",
    ] {
        assert!(serde_json::from_str::<Ticket>(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_unknown_is_kept() {
    let ticket = read(json!({
        "id": 1,
        "via": "carrier-pigeon",
        "weather": {"rain": true},
        "customer": {"id": 2, "mood": "good"},
    }));
    assert_eq!(ticket.via.unwrap().as_str(), "carrier-pigeon");
    assert_eq!(ticket.extra_fields["weather"], json!({"rain": true}));
    assert_eq!(ticket.customer.unwrap().extra_fields["mood"], "good");
}

#[test]
fn what_is_null_or_of_another_type_reads_as_absent() {
    let ticket = read(json!({
        "id": 1,
        "messages": null,
        "tags": [null, 3, {"id": 4, "name": "vip", "decoration": {}}],
        "customer": "somebody",
        "subject": ["no", "text"],
        "created_datetime": "2020-07-1300:00:00-05:00",
        "from_agent": null,
        "spam": "True",
    }));
    assert!(ticket.messages.is_empty());
    assert_eq!(ticket.tags.len(), 1);
    assert_eq!(ticket.customer, None);
    assert_eq!(ticket.subject, None);
    assert_eq!(ticket.created_datetime, None);
    assert_eq!(ticket.spam, Some(true));
}

#[test]
fn a_number_is_read_where_text_is_expected() {
    let ticket = read(json!({"id": 1, "external_id": 123, "via": 7}));
    assert_eq!(ticket.external_id.as_deref(), Some("123"));
    assert_eq!(ticket.via, Some(Via::from("7")));
}

#[test]
fn of_a_repeated_key_the_last_one_wins() {
    let ticket: Ticket =
        serde_json::from_str(r#"{"id": 1, "subject": "a", "id": 2, "subject": "b"}"#).unwrap();
    assert_eq!((ticket.id, ticket.subject.as_deref()), (2, Some("b")));
}

#[test]
fn limits_of_requests_do_not_bind_responses() {
    let ticket =
        read(json!({"id": 1, "external_id": "x".repeat(300), "subject": "y".repeat(2000)}));
    assert_eq!(ticket.external_id.unwrap().len(), 300);
    assert_eq!(ticket.subject.unwrap().len(), 2000);
}

#[test]
fn a_page_without_its_frame_is_a_page() {
    let page: TicketList = serde_json::from_str(r#"{"data": [{"id": 1}, {"no": "id"}]}"#).unwrap();
    assert_eq!(page.data.len(), 1);
    assert_eq!(page.meta, None);
}

/// Any JSON value of a modest size.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("2026-01-26T14:02:00.384938")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(
                "[a-z_]{1,8}|messages|tags|customer|sender|source",
                inner,
                0..4
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_stands_in_a_field_the_ticket_is_read(
        id in any::<i64>(),
        field in prop::sample::select(vec![
            "subject", "messages", "tags", "customer", "assignee_user", "created_datetime", "via",
            "channel", "spam", "meta", "custom_fields", "reply_options", "events",
            "satisfaction_survey", "requester", "summary", "assignee_team_id", "surprise",
        ]),
        value in any_json(),
    ) {
        let ticket = read(json!({"id": id, field: value}));
        prop_assert_eq!(ticket.id, id);
        // What was read can be written, and says the same again.
        let again: Ticket = serde_json::from_value(serde_json::to_value(&ticket).unwrap()).unwrap();
        prop_assert_eq!(again, ticket);
    }

    #[test]
    fn reading_never_panics(text in ".{0,200}", value in any_json()) {
        let _ = serde_json::from_str::<Ticket>(&text);
        let _ = serde_json::from_value::<TicketList>(value);
    }
}
