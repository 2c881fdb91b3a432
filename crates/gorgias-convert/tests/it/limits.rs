//! Values that are longer than the API allows, and broken input.

use gorgias_convert::NoticeKind;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Export, convert};

fn ticket(comments: Vec<Value>) -> Value {
    json!({"id": 1, "requester_id": 7, "subject": "x", "comments": comments})
}

fn comment(id: usize, body: &str) -> Value {
    json!({
        "id": id, "author_id": 7, "body": body, "html_body": format!("<p>{body}</p>"),
        "public": true, "created_at": "2024-03-01T10:00:00Z"
    })
}

#[test]
fn bodies_over_a_megabyte_are_cut_and_named() {
    let (_export, conversion) = Export::zendesk(&[ticket(vec![comment(1, &"é".repeat(600_000))])]);
    let outcome = convert(&conversion);
    let message = &outcome.tickets[0]["messages"][0];
    assert_eq!(message["body_text"].as_str().unwrap().len(), 1 << 20);
    assert!(message["body_html"].as_str().unwrap().len() <= 1 << 20);
    let places: Vec<_> = outcome
        .notices_of(NoticeKind::Cut)
        .iter()
        .map(|notice| {
            (
                notice.external_id.clone().unwrap(),
                notice.at.clone().unwrap(),
            )
        })
        .collect();
    let at = |name: &str| ("zendesk:1".to_owned(), format!("/messages/0/{name}"));
    assert_eq!(places, [at("body_text"), at("body_html")]);
}

#[test]
fn a_conversation_of_many_large_messages_is_split_by_size() {
    let large = "x".repeat(1 << 20);
    let comments = (1..=16).map(|id| {
        let mut comment = comment(id, &large);
        comment["html_body"] = json!(null);
        comment
    });
    let comments = comments.collect();
    let (_export, conversion) = Export::zendesk(&[ticket(comments)]);
    let outcome = convert(&conversion);
    assert_eq!(outcome.tickets.len(), 2);
    assert_eq!(outcome.notices_of(NoticeKind::Split).len(), 1);
}

#[test]
fn a_broken_line_is_named_and_holds_up_nothing() {
    let good = ticket(vec![comment(1, "Hello.")]);
    let mut other = good.clone();
    other["id"] = json!(2);
    let broken = r#"{"id": 9, "subject": "cut"#;
    let text = format!("{good}\n{broken}\n{other}\n7\n{{\"subject\":\"no id\"}}\n");
    let export = Export::new(&[("tickets", &text)]);
    let outcome = convert(&gorgias_convert::Conversion::zendesk(
        export.path("tickets"),
    ));
    assert_eq!(outcome.tickets.len(), 2);
    let lines: Vec<_> = outcome
        .notices_of(NoticeKind::Unreadable)
        .iter()
        .map(|notice| notice.line.unwrap())
        .collect();
    assert_eq!(lines, [2, 4, 5]);
}

#[test]
fn halves_of_characters_are_replaced_with_a_notice() {
    let text = r#"{"id":1,"subject":"half \ud83d","requester_id":7,"description":"x"}"#;
    let export = Export::new(&[("tickets", text)]);
    let outcome = convert(&gorgias_convert::Conversion::zendesk(
        export.path("tickets"),
    ));
    assert_eq!(outcome.tickets[0]["subject"], "half \u{fffd}");
    assert_eq!(outcome.notices_of(NoticeKind::Mended).len(), 1);
}

/// Values as exports have them where others are expected.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\PC\r\n\u{0}]{0,20}".prop_map(Value::from),
        Just(json!("2024-05-06T10:00:00Z")),
        Just(json!("jane@example.com")),
        Just(json!("https://acme.zendesk.com/attachments/token/a")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,9}", inner, 0..3)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

const COMMENT: [&str; 13] = [
    "id",
    "author_id",
    "body",
    "plain_body",
    "html_body",
    "public",
    "created_at",
    "via",
    "attachments",
    "metadata",
    "author",
    "data",
    "type",
];

const TICKET: [&str; 18] = [
    "subject",
    "status",
    "priority",
    "requester_id",
    "submitter_id",
    "assignee_id",
    "group_id",
    "tags",
    "custom_fields",
    "via",
    "recipient",
    "description",
    "created_at",
    "updated_at",
    "requester",
    "email_cc_ids",
    "locale",
    "spam",
];

fn object(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let members = (prop::sample::select(names), any_value());
    prop::collection::vec(members, 0..9).prop_map(|members| {
        let members = members.into_iter();
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_an_export_has_comes_out_as_something_an_import_takes(
        tickets in prop::collection::vec((object(&TICKET), prop::collection::vec(object(&COMMENT), 0..4)), 1..4),
    ) {
        let tickets: Vec<Value> = tickets
            .into_iter()
            .enumerate()
            .map(|(index, (mut ticket, comments))| {
                ticket["id"] = json!(index + 1);
                ticket["comments"] = json!(comments);
                ticket
            })
            .collect();
        let (_export, conversion) = Export::zendesk(&tickets);
        let outcome = convert(&conversion);
        prop_assert_eq!(outcome.notices_of(NoticeKind::Refused), Vec::<&gorgias_convert::Notice>::new());
        for (ticket, line) in tickets.iter().zip(&outcome.tickets) {
            if ticket["status"] != "deleted" {
                prop_assert!(line["messages"].as_array().is_some());
            }
        }
    }

    #[test]
    fn whatever_a_csv_file_has_comes_out_as_something_an_import_takes(
        rows in prop::collection::vec(prop::collection::vec("[\\PC\r\n\u{0}\"@]{0,12}", 6), 1..5),
        group in any::<bool>(),
    ) {
        let header = "id,subject,email,text,public,tags\n".to_owned();
        let quoted = |value: &String| format!("\"{}\"", value.replace('"', "\"\""));
        let rows = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
        let map = if group { "[csv]\ngroup = \"id\"" } else { "" };
        let text = header + &rows.collect::<String>();
        let (_export, conversion) = Export::csv(&text, map);
        let outcome = convert(&conversion);
        prop_assert_eq!(outcome.notices_of(NoticeKind::Refused), Vec::<&gorgias_convert::Notice>::new());
    }
}
