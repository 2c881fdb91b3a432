//! `ticket reply|note`, and `ticket settle --ticket`.

use serde_json::{Value, json};

use crate::support::{Canned, CommandOutput, Served, TempFile, gorgias, reply, run, run_at};

/// An emulator with ticket 7.
fn served(more: &[&str]) -> Served {
    let store = TempFile::new(
        json!([{"id": 7, "subject": "Where is it?", "customer": {"id": 1, "email": "jane@example.com"},
            "messages": [{"id": 70, "channel": "api", "from_agent": false, "body_text": "Hello?"}]}])
        .to_string(),
    );
    Served::start(&[&["--load", store.path()], more].concat())
}

fn ticket(server: &Served, arguments: &[&str]) -> CommandOutput {
    run_at(server.base_url(), &[&["ticket"], arguments].concat())
}

fn messages(server: &Served) -> Vec<Value> {
    let listed = ticket(server, &["messages", "7"]).json();
    listed.as_array().expect("an array").clone()
}

const NOTE: [&str; 6] = [
    "note",
    "7",
    "--agent",
    "agent@acme.example",
    "--text",
    "Looking.",
];

const OUTGOING: [&str; 11] = [
    "reply",
    "7",
    "--outgoing",
    "--agent",
    "agent@acme.example",
    "--from",
    "support@acme.example",
    "--to",
    "jane@example.com",
    "--text",
    "On its way.",
];

#[test]
fn a_note_is_for_agents_alone() {
    let server = served(&[]);
    let note = ticket(&server, &NOTE).json();
    assert_eq!(note["public"], false);
    assert_eq!(note["body_text"], "Looking.");
    assert_eq!(messages(&server).len(), 2);
}

#[test]
fn nothing_is_e_mailed_by_accident() {
    let server = served(&[]);
    let outcome = ticket(&server, &OUTGOING);
    assert_eq!(outcome.failed(), 2);
    assert!(outcome.stderr.contains("--send-now"), "{outcome:?}");
    assert_eq!(messages(&server).len(), 1);

    let sent = ticket(&server, &[&OUTGOING[..], &["--send-now"]].concat()).json();
    assert_eq!(sent["from_agent"], true);
    assert_eq!(sent["source"]["to"][0]["address"], "jane@example.com");
    let recorded = ["--sent-at", "2026-03-02T11:00:05Z"];
    let recorded = ticket(&server, &[&OUTGOING[..], &recorded].concat()).json();
    assert_eq!(recorded["sent_datetime"], "2026-03-02T11:00:05+00:00");
}

#[test]
fn a_customers_message_is_incoming() {
    let server = served(&[]);
    let from = [
        "reply",
        "7",
        "--from",
        "jane@example.com",
        "--channel",
        "phone",
        "--text",
        "She called.",
    ];
    let said = ticket(&server, &from).json();
    assert_eq!(said["from_agent"], false);
    assert_eq!(said["channel"], "phone");
    assert_eq!(
        ticket(&server, &["reply", "7", "--from", "jane@example.com"]).failed(),
        2
    );
    assert_eq!(
        ticket(
            &server,
            &["reply", "8", "--from", "jane@example.com", "--text", "x"]
        )
        .failed(),
        3
    );
}

#[test]
fn a_reply_of_one_external_id_is_sent_once() {
    let server = served(&[]);
    let once = ["--send-now", "--once", "--external-id", "shipped-1"];
    let once = [&OUTGOING[..], &once].concat();
    let first = ticket(&server, &once).json();
    let again = ticket(&server, &once);
    assert_eq!(again.json()["id"], first["id"]);
    assert!(again.stderr.contains("was there before"), "{again:?}");
    assert_eq!(messages(&server).len(), 2);

    let settle = [
        "settle",
        "--ticket",
        "7",
        "--settle-time",
        "0",
        "--external-id",
    ];
    let found = ticket(&server, &[&settle[..], &["shipped-1"]].concat()).json();
    assert_eq!(found["id"], first["id"]);
    let missing = ticket(&server, &[&settle[..], &["shipped-2"]].concat());
    assert_eq!(missing.failed(), 4);
    assert!(
        missing.stderr.contains("no message of ticket 7"),
        "{missing:?}"
    );
}

#[test]
fn arguments_of_once_need_it() {
    for more in [
        &["--settle-time", "1"][..],
        &["--resend-after", "1m"],
        &["--journal", "j"],
        &["--once"],
    ] {
        let outcome = run(&mut gorgias(
            &[&["--emulator", "ticket"], &NOTE[..], more].concat(),
        ));
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
    }
}

#[test]
fn a_lost_answer_says_how_to_find_out() {
    let server = Canned::answering(reply("503 Service Unavailable", "", ""));
    let run = |more: &[&str]| run_at(server.base_url(), &[&["ticket"], &NOTE[..], more].concat());
    let outcome = run(&[]);
    assert_eq!(outcome.failed(), 4);
    assert!(
        outcome.stderr.contains("gorgias ticket messages 7"),
        "{outcome:?}"
    );
    let outcome = run(&["--external-id", "scan 77"]);
    assert_eq!(outcome.failed(), 4);
    assert!(
        outcome
            .stderr
            .contains("gorgias ticket settle --ticket 7 --external-id 'scan 77'"),
        "{outcome:?}"
    );
}

#[test]
fn a_dry_run_prints_the_request_and_needs_no_account() {
    let outcome = run(&mut gorgias(
        &[&["ticket"], &NOTE[..], &["--dry-run"]].concat(),
    ));
    assert_eq!(outcome.stderr, "note: POST /api/tickets/7/messages\n");
    assert_eq!(outcome.json()["body_text"], "Looking.");
}
