//! Bodies that the document doesn't allow are refused before anything is
//! sent, with every violation.

use std::collections::BTreeSet;

use serde_json::json;

use crate::schema::{document, invalid_bodies, request_schema};
use crate::support::{
    Canned, CommandOutput, TempFile, gorgias, reply, run, run_with_input, signed_in,
};

/// Tries to create a ticket from a body, at a server that must not be asked.
fn refused(body: &str) -> CommandOutput {
    let server = Canned::answering(reply("500 Internal Server Error", "", ""));
    let create = ["ticket", "create", "--file", "-"];
    let outcome = run_with_input(&mut signed_in(server.base_url(), &create), body);
    assert_eq!(outcome.failed(), 2, "{body:.200}: {outcome:?}");
    assert_eq!(server.count(), 0);
    outcome
}

#[test]
fn every_violation_is_listed_with_its_pointer() {
    let long = "x".repeat(999);
    let message = json!({"channel": "api", "from_agent": false});
    let with_message = |key: &str, value: serde_json::Value| {
        let mut message = message.clone();
        message[key] = value;
        json!({"messages": [message]})
    };
    let table = [
        (json!({}), &["messages"][..]),
        (json!({"messages": []}), &["messages"]),
        (
            json!({"messages": vec![message.clone(); 501]}),
            &["messages"],
        ),
        (
            json!({"messages": {}, "colour": "red"}),
            &["colour", "messages"],
        ),
        (
            json!({"messages": [{}, 7, null]}),
            &[
                "messages/0/channel",
                "messages/0/from_agent",
                "messages/1",
                "messages/2",
            ],
        ),
        (
            json!({"messages": [{"channel": 7, "from_agent": "no", "via": "pigeon", "body": "x"}]}),
            &[
                "messages/0/body",
                "messages/0/channel",
                "messages/0/from_agent",
                "messages/0/via",
            ],
        ),
        (
            json!({
                "status": "pending", "priority": "urgent", "via": "gorgias_chat",
                "subject": long, "spam": "yes", "messages": [message]
            }),
            &["priority", "spam", "status", "subject", "via"],
        ),
        (
            json!({
                "created_datetime": "2026-03-02", "snooze_datetime": "2026-03-02T10:00:00",
                "closed_datetime": "2026-13-02T10:00:00Z", "opened_datetime": 7,
                "messages": [message]
            }),
            &[
                "closed_datetime",
                "created_datetime",
                "opened_datetime",
                "snooze_datetime",
            ],
        ),
        (
            json!({
                "tags": [{"name": ""}, "vip", {"name": "x", "id": 4}, {}],
                "custom_fields": [{"id": "3", "value": 1}, {"id": 4}], "messages": [message]
            }),
            &[
                "custom_fields/0/id",
                "custom_fields/1/value",
                "tags/0/name",
                "tags/1",
                "tags/2/id",
                "tags/3/name",
            ],
        ),
        (
            json!({
                "customer": {"id": 1.5, "email": "x".repeat(321), "phone": "1"},
                "assignee_user": 3, "external_id": "x".repeat(256), "messages": [message]
            }),
            &[
                "assignee_user",
                "customer/email",
                "customer/id",
                "customer/phone",
                "external_id",
            ],
        ),
        (
            with_message(
                "attachments",
                json!([{"url": "not a url", "name": 1}, {"size": "9"}]),
            ),
            &[
                "messages/0/attachments/0/content_type",
                "messages/0/attachments/0/name",
                "messages/0/attachments/0/url",
                "messages/0/attachments/1/content_type",
                "messages/0/attachments/1/name",
                "messages/0/attachments/1/size",
                "messages/0/attachments/1/url",
            ],
        ),
        (
            with_message(
                "source",
                json!({"type": "pigeon", "to": "a@b.c", "from": {"id": 1}}),
            ),
            &[
                "messages/0/source/from/id",
                "messages/0/source/to",
                "messages/0/source/type",
            ],
        ),
        (with_message("a/b~c", json!(1)), &["messages/0/a~1b~0c"]),
    ];
    for (body, pointers) in table {
        let outcome = refused(&body.to_string());
        let found: BTreeSet<_> = outcome.pointers().into_iter().collect();
        assert_eq!(found, pointers.iter().copied().collect(), "{outcome:?}");
    }
}

#[test]
fn every_rule_of_the_document_is_kept() {
    let cases = invalid_bodies(&document(), request_schema());
    assert!(cases.len() >= 8, "{}", cases.len());
    for (body, pointers) in cases {
        let outcome = refused(&body.to_string());
        let found: BTreeSet<_> = outcome
            .pointers()
            .into_iter()
            .map(|at| format!("/{at}"))
            .collect();
        assert_eq!(found, pointers, "{body}");
    }
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    for body in ["[]", "null", "7", "\"messages\""] {
        assert!(
            refused(body).stderr.contains("\n  the whole body: must "),
            "{body}"
        );
    }
}

#[test]
fn a_member_given_twice_is_refused() {
    let outcome = refused(
        r#"{"subject": 7, "messages": [{"channel": "api", "channel": "api", "from_agent": false}],
            "subject": "x"}"#,
    );
    assert_eq!(outcome.pointers(), ["messages/0/channel", "subject"]);
}

#[test]
fn text_that_is_no_json_is_refused_with_line_and_column() {
    for (body, place) in [
        ("{\n  \"messages\": [,]\n}", "line 2 column 16"),
        ("{\"messages\": [}", "line 1 column 15"),
        ("", "line 1 column 0"),
        ("{} x", "line 1 column 4"),
        ("{\"messages\": 1e999}", "line 1 column 18"),
        ("{'messages': []}", "line 1 column 2"),
    ] {
        let outcome = refused(body);
        assert!(
            outcome.stderr.contains("standard input is not JSON"),
            "{outcome:?}"
        );
        assert!(outcome.stderr.contains(place), "{body}: {outcome:?}");
    }
    let deep = refused(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    assert!(deep.stderr.contains("recursion limit"), "{deep:?}");
}

#[test]
fn files_that_can_not_be_read_are_named() {
    let missing = run(&mut gorgias(&[
        "ticket",
        "create",
        "--file",
        "no/such/ticket.json",
    ]));
    assert_eq!(missing.failed(), 2);
    assert!(
        missing.stderr.contains("no/such/ticket.json"),
        "{missing:?}"
    );
    let binary = TempFile::new(b"{\"a\": \"\xff\"}");
    let binary = run(&mut gorgias(&["ticket", "create", "--file", binary.path()]));
    assert_eq!(binary.failed(), 2);
    assert!(binary.stderr.contains("UTF-8"), "{binary:?}");
}

#[test]
fn flags_are_checked_like_files() {
    let outcome = run(&mut gorgias(&[
        "ticket",
        "create",
        "--emulator",
        "--from",
        "jane@example.com",
        "--text",
        "x",
        "--priority",
        "urgent",
        "--tag",
        "ok",
        "--tag",
        "",
        "--subject",
        "a\nBcc: all@example.com",
    ]));
    assert_eq!(outcome.failed(), 2);
    let found: BTreeSet<_> = outcome.pointers().into_iter().collect();
    assert_eq!(found, ["priority", "subject", "tags/1/name"].into());
}
