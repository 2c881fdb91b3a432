//! `--set` gives any member of a ticket.

use serde_json::{Value, json};

use crate::support::{CommandOutput, FROM_JANE, TempFile, gorgias, run};

fn dry_run(arguments: &[&str]) -> CommandOutput {
    run(&mut gorgias(
        &[&["ticket", "create", "--dry-run"], arguments].concat(),
    ))
}

fn body(outcome: &CommandOutput) -> Value {
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    serde_json::from_str(&outcome.stdout).expect("is JSON")
}

#[test]
fn members_are_set_by_name_beside_flags() {
    let flags = ["--from", "jane@example.com", "--text", "Hello."];
    let set = [
        "--set",
        "language=fr",
        "--set",
        "external_id=1234",
        "--set",
        "spam=true",
        "--set",
        "messages[0].sender.timezone=Europe/Paris",
        "--set",
        "meta.tier=1",
        "--set",
        "custom_fields=[{\"id\":7,\"value\":\"x\"}]",
        "--set",
        "subject=null",
    ];
    let sent = body(&dry_run(&[&flags[..], &set].concat()));
    assert_eq!(sent["language"], "fr");
    assert_eq!(sent["external_id"], "1234");
    assert_eq!(sent["spam"], true);
    assert_eq!(sent["messages"][0]["sender"]["timezone"], "Europe/Paris");
    assert_eq!(sent["messages"][0]["body_text"], "Hello.");
    assert_eq!(sent["meta"], json!({"tier": 1}));
    assert_eq!(sent["custom_fields"][0]["value"], "x");
    assert_eq!(sent.get("subject"), Some(&Value::Null));
}

#[test]
fn members_are_set_in_a_file_and_from_nothing() {
    let file = TempFile::new(r#"{"messages": [{"channel": "api"}], "subject": "old"}"#);
    let set = [
        "--set",
        "messages.0.from_agent=false",
        "--set",
        "subject=new",
    ];
    let sent = body(&dry_run(&[&["--file", file.path()][..], &set].concat()));
    assert_eq!(
        sent,
        json!({"messages": [{"channel": "api", "from_agent": false}], "subject": "new"})
    );
    let set = ["--set", "messages.0.channel=api"];
    let sent = body(&dry_run(
        &[&set[..], &["--set", "messages.0.from_agent=false"]].concat(),
    ));
    assert_eq!(
        sent,
        json!({"messages": [{"channel": "api", "from_agent": false}]})
    );
}

#[test]
fn members_that_are_set_are_checked() {
    let set = [
        "--set",
        "colour=red",
        "--set",
        "spam=maybe",
        "--set",
        "subject=a\nb",
    ];
    let outcome = run(&mut gorgias(
        &[&FROM_JANE[..], &["--emulator"], &set].concat(),
    ));
    assert_eq!(outcome.failed(), 2);
    let mut pointers = outcome.pointers();
    pointers.sort();
    assert_eq!(pointers, ["colour", "spam", "subject"]);

    for wrong in ["subject", "=x", "tags.5=x", "subject.x=1"] {
        let set = ["--subject", "s", "--set", wrong];
        let outcome = run(&mut gorgias(
            &[&FROM_JANE[..], &["--emulator"], &set].concat(),
        ));
        assert_eq!(outcome.failed(), 2, "{wrong}");
    }
}
