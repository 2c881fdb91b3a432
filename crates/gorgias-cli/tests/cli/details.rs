//! `ticket create` with names that are looked up.

use serde_json::{Value, json};

use crate::helpdesk_lists::account;
use crate::support::{CommandOutput, FROM_JANE, Served, TempFile, gorgias, run, run_at};

fn create(arguments: &[&str]) -> CommandOutput {
    let account = account();
    let emulated = ["--emulator", "--load", account.path()];
    run(&mut gorgias(
        &[&FROM_JANE[..], arguments, &emulated].concat(),
    ))
}

#[test]
fn a_ticket_is_made_whole() {
    let account = account();
    let server = Served::start(&["--load", account.path()]);
    let details = [
        "--status",
        "closed",
        "--assign",
        "ann@acme.example",
        "--team",
        "Returns",
        "--field",
        "Reason=Late",
        "--field",
        "id:42=3",
        "--meta",
        "tier=gold",
        "--meta",
        r#"{"n":1}"#,
    ];
    let made = run_at(server.base_url(), &[&FROM_JANE[..], &details].concat()).json();
    let made = run_at(
        server.base_url(),
        &["ticket", "get", &made["id"].to_string()],
    )
    .json();
    assert_eq!(made["status"], "closed");
    assert_eq!(made["assignee_user"]["id"], 11);
    assert_eq!(made["assignee_team"]["id"], 21);
    assert_eq!(made["custom_fields"]["41"]["value"], "Late");
    assert_eq!(made["custom_fields"]["42"]["value"], 3);
    assert_eq!(made["meta"], json!({"tier": "gold", "n": 1}));
    assert_eq!(made["messages"][0]["body_text"], "Hello.");
}

#[test]
fn unknown_names_are_refused_with_close_ones() {
    for (arguments, said) in [
        (
            ["--assign", "anm@acme.example"],
            "did you mean ann@acme.example?",
        ),
        (
            ["--assign", "zoe@elsewhere.example"],
            "there are: agent@emulator.example, ann@acme.example, bob@acme.example",
        ),
        (["--team", "returns"], "did you mean Returns?"),
        (["--team", "Sales"], "there are: Billing, Returns"),
        (["--field", "reson=Late"], "did you mean Reason?"),
        (
            ["--field", "Tier=1"],
            "no custom field of tickets is called",
        ),
        (["--field", "Reason=late"], "did you mean Late?"),
        (["--field", "Reason=Post"], "did you mean Lost::Post?"),
        (["--field", "Parcels=many"], "takes a number"),
    ] {
        let outcome = create(&arguments);
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
        assert!(outcome.stderr.contains(said), "{said} {outcome:?}");
        assert!(outcome.stderr.contains("nothing was sent"), "{outcome:?}");
    }
}

#[test]
fn ids_need_no_look_up_and_no_account() {
    let dry = [
        "--dry-run",
        "--assign",
        "id:11",
        "--team",
        "none",
        "--status",
        "open",
    ];
    let outcome = run(&mut gorgias(&[&FROM_JANE[..], &dry].concat()));
    let body: Value = outcome.json();
    assert_eq!(body["assignee_user"], json!({"id": 11}));
    assert_eq!(body["assignee_team"], Value::Null);
    // A name does.
    let dry = ["--dry-run", "--assign", "ann@acme.example"];
    assert_eq!(
        run(&mut gorgias(&[&FROM_JANE[..], &dry].concat())).failed(),
        5
    );
}

#[test]
fn they_are_set_in_a_file_too_and_set_has_the_last_word() {
    let file = TempFile::new(
        r#"{"messages": [{"channel": "api", "from_agent": false}], "meta": {"a": 1, "b": 2}}"#,
    );
    let create = [
        "ticket",
        "create",
        "--dry-run",
        "--file",
        file.path(),
        "--meta",
        "b=3",
    ];
    let set = ["--status", "closed", "--set", "status=open"];
    let body = run(&mut gorgias(&[&create[..], &set].concat())).json();
    assert_eq!(body["meta"], json!({"a": 1, "b": 3}));
    assert_eq!(body["status"], "open");
}

#[test]
fn a_message_has_still_to_be_given() {
    let create = [
        "ticket",
        "create",
        "--emulator",
        "--from",
        "jane@example.com",
        "--status",
        "open",
    ];
    let outcome = run(&mut gorgias(&create));
    assert_eq!(outcome.failed(), 2);
    assert!(outcome.stderr.contains("--text"), "{outcome:?}");
}
