//! The request bodies that the flags of `ticket create` make.

use serde_json::json;

use crate::support::{TempFile, gorgias, run};

/// The body that flags make.
fn body(flags: &[&str]) -> serde_json::Value {
    let text = ["--text", "Hello."];
    run(&mut gorgias(
        &[&["ticket", "create", "--dry-run"], flags, &text[..]].concat(),
    ))
    .json()
}

#[test]
fn a_customers_message_is_incoming_on_the_api_channel() {
    let body = body(&[
        "--from",
        "Jane Doe <jane@example.com>",
        "--external-id",
        "order-1",
    ]);
    let jane = json!({"email": "jane@example.com", "name": "Jane Doe"});
    assert_eq!(body["channel"], "api");
    assert_eq!(body["external_id"], "order-1");
    assert_eq!(body["customer"], jane);
    let message = &body["messages"][0];
    assert_eq!(
        (&message["channel"], &message["via"]),
        (&json!("api"), &json!("api"))
    );
    assert_eq!(message["from_agent"], false);
    assert_eq!(message["sender"], jane);
    assert_eq!(message.get("receiver"), None);
}

#[test]
fn other_channels_are_incoming_too() {
    let body = body(&["--from", "id:488071", "--channel", "phone"]);
    assert_eq!(body["customer"], json!({"id": 488_071}));
    assert_eq!(
        (&body["channel"], &body["via"]),
        (&json!("phone"), &json!("api"))
    );
    assert_eq!(body["messages"][0]["channel"], "phone");
}

#[test]
fn an_email_says_where_it_came_in() {
    let body = body(&[
        "--channel",
        "email",
        "--from",
        "sam@example.com",
        "--to",
        "support@acme.example",
        "--subject",
        "Broken",
    ]);
    let message = &body["messages"][0];
    assert_eq!(
        (&body["subject"], &message["subject"]),
        (&json!("Broken"), &json!("Broken"))
    );
    assert_eq!(message["source"]["type"], "email");
    assert_eq!(message["source"]["from"]["address"], "sam@example.com");
    assert_eq!(
        message["source"]["to"],
        json!([{"address": "support@acme.example"}])
    );
    assert_eq!(message["from_agent"], false);
}

const OUTGOING: [&str; 7] = [
    "--outgoing",
    "--agent",
    "agent@acme.example",
    "--from",
    "support@acme.example",
    "--to",
    "jane@example.com",
];

#[test]
fn an_outgoing_email_is_recorded_or_sent() {
    let sent = body(&[&OUTGOING[..], &["--sent-at", "2026-03-02T12:00:05+01:00"]].concat());
    let message = &sent["messages"][0];
    assert_eq!(message["sent_datetime"], "2026-03-02T11:00:05Z");
    assert_eq!(message["channel"], "email");
    assert_eq!(message["from_agent"], true);
    assert_eq!(message["sender"]["email"], "agent@acme.example");
    assert_eq!(message["receiver"]["email"], "jane@example.com");
    assert_eq!(message["source"]["from"]["address"], "support@acme.example");
    assert_eq!(sent["customer"]["email"], "jane@example.com");

    let unsent = body(&[&OUTGOING[..], &["--send-now"]].concat());
    assert_eq!(unsent["messages"][0].get("sent_datetime"), None);
}

#[test]
fn a_note_is_not_public_and_has_no_receiver() {
    let body = body(&[
        "--note",
        "--agent",
        "agent@acme.example",
        "--customer",
        "jane@example.com",
    ]);
    let message = &body["messages"][0];
    assert_eq!(message["channel"], "internal-note");
    assert_eq!(message["public"], false);
    assert_eq!(message["from_agent"], true);
    assert_eq!(message["sender"]["email"], "agent@acme.example");
    assert_eq!(
        (message.get("receiver"), message.get("source")),
        (None, None)
    );
    assert_eq!(body["customer"]["email"], "jane@example.com");
}

#[test]
fn flags_that_make_no_sense_together_are_usage_errors() {
    let file = TempFile::new("{}");
    let file = file.path();
    let outgoing = |more: &[&'static str]| [&OUTGOING[..], more].concat();
    for (flags, said) in [
        (vec!["--text", "x"], "--from"),
        (vec!["--from", "jane@example.com"], "--text"),
        (vec!["--from", "jane", "--text", "x"], "e-mail address"),
        (
            vec!["--from", "a@b.c", "--text", "x", "--to", "c@d.e"],
            "--channel email",
        ),
        (
            vec!["--from", "a@b.c", "--text", "x", "--channel", "email"],
            "--to",
        ),
        (
            vec!["--from", "a@b.c", "--text", "x", "--agent", "c@d.e"],
            "--outgoing",
        ),
        (
            vec!["--from", "a@b.c", "--text", "x", "--send-now"],
            "--outgoing",
        ),
        (
            vec!["--from", "a@b.c", "--text", "x", "--customer", "c@d.e"],
            "--note",
        ),
        (vec!["--note", "--text", "x"], "--agent"),
        (
            vec![
                "--note", "--agent", "a@b.c", "--text", "x", "--from", "c@d.e",
            ],
            "--from",
        ),
        (
            vec!["--outgoing", "--agent", "a@b.c", "--text", "x"],
            "--to",
        ),
        (
            vec![
                "--outgoing",
                "--agent",
                "a@b.c",
                "--to",
                "c@d.e",
                "--text",
                "x",
                "--send-now",
            ],
            "--from",
        ),
        (outgoing(&["--text", "x"]), "--sent-at"),
        (
            outgoing(&["--text", "x", "--sent-at", "yesterday"]),
            "expected a date and time with an offset, as in 2026-03-02T11:00:05Z",
        ),
        (
            outgoing(&[
                "--text",
                "x",
                "--send-now",
                "--sent-at",
                "2026-03-02T11:00:05Z",
            ]),
            "--sent-at",
        ),
        (
            outgoing(&["--text", "x", "--send-now", "--channel", "api"]),
            "--channel email",
        ),
        (
            vec!["--from", "a@b.c", "--text", "x", "--settle-time", "5"],
            "--once",
        ),
        (vec!["--file", file, "--text", "x"], "--text"),
        (vec!["--file", file, "--curl"], "--dry-run"),
        (
            vec!["--file", file, "--dry-run", "--curl", "--emulator"],
            "--emulator",
        ),
        (
            vec![
                "--emulator",
                "--base-url",
                "http://127.0.0.1:1",
                "--file",
                file,
            ],
            "--emulator",
        ),
        (
            vec!["--load", file, "--from", "a@b.c", "--text", "x"],
            "--emulator",
        ),
    ] {
        let outcome = run(&mut gorgias(&[&["ticket", "create"], &flags[..]].concat()));
        assert_eq!(outcome.failed(), 2, "{flags:?}: {outcome:?}");
        assert!(outcome.stderr.contains(said), "{flags:?}: {outcome:?}");
    }
}

#[test]
fn a_phone_number_is_nobodys_id() {
    let body = body(&["--from", "+1 (555) 123-4567", "--channel", "sms"]);
    let sender = &body["messages"][0]["sender"];
    let number = json!([{"type": "phone", "address": "+15551234567"}]);
    assert_eq!(sender["channels"], number);
    assert_eq!((sender.get("id"), body.get("customer")), (None, None));
    let text = ["--text", "Hello.", "--dry-run"];
    for who in ["15551234567", "488071", "555 123 4567"] {
        let create = ["ticket", "create", "--from", who];
        let outcome = run(&mut gorgias(&[&create[..], &text].concat()));
        assert_eq!(outcome.failed(), 2);
        let told = &outcome.stderr;
        assert!(told.contains("id:…") && told.contains("+…"), "{told}");
    }
    for who in ["", "no at", "@", "jane@", "a@b@c"] {
        let create = ["ticket", "create", "--from", who];
        let outcome = run(&mut gorgias(&[&create[..], &text].concat()));
        assert_eq!(outcome.failed(), 2, "{who}");
    }
}
