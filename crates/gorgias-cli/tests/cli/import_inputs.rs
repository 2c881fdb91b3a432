//! Files that aren't what an import reads, or not outright.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{CommandOutput, gorgias, run, run_with_input};

fn ticket(id: &str) -> Value {
    json!({
        "external_id": id,
        "messages": [{"channel": "api", "from_agent": false, "body_text": "Hello."}]
    })
}

fn lines() -> String {
    format!("{}\n{}\n", ticket("a"), ticket("b"))
}

/// Imports a file with this content into an emulator.
fn import(content: &[u8], more: &[&str]) -> CommandOutput {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("input");
    fs::write(&path, content).expect("is written");
    let path = path.to_str().expect("UTF-8");
    run(gorgias(&["import", path, "--emulator"]).args(more))
}

fn packed(text: &str) -> Vec<u8> {
    let mut gzip = Command::new("gzip")
        .arg("-c")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip runs");
    let mut stdin = gzip.stdin.take().expect("standard input");
    stdin.write_all(text.as_bytes()).expect("is read");
    drop(stdin);
    gzip.wait_with_output().expect("ends").stdout
}

#[test]
fn arrays_and_gzip_are_read_outright() {
    let array = serde_json::to_string_pretty(&json!([ticket("a"), ticket("b")])).expect("JSON");
    for content in [
        array.clone().into_bytes(),
        format!("\u{feff} {array}").into_bytes(),
        packed(&lines()),
        packed(&array),
    ] {
        let outcome = import(&content, &[]);
        let told = outcome.json();
        assert_eq!((&told["created"], &told["unread"]), (&json!(2), &json!(0)));
    }
    // Also what can be read once.
    let folder = TempDir::new().expect("a folder");
    let journal = folder.path().join("journal");
    let journal = journal.to_str().expect("UTF-8");
    for content in [packed(&array), array.into_bytes()] {
        let mut command = gorgias(&["import", "-", "--emulator", "--journal", journal]);
        let told = run_with_input(&mut command, content).json();
        assert_eq!(told["total"], 2);
        fs::remove_file(journal).expect("a journal");
    }
    let broken = import(b"[{\"a\": 1}", &[]);
    assert_eq!(broken.failed(), 2);
    let cut = packed(&lines());
    let cut = import(&cut[..cut.len() - 9], &[]);
    assert_eq!(cut.failed(), 2);
}

#[test]
fn another_format_is_refused_once_with_a_remedy() {
    let utf16: Vec<u8> = lines().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let pretty = serde_json::to_string_pretty(&ticket("a")).expect("JSON");
    let zendesk = json!({"id": 1, "subject": "x", "requester_id": 2, "comments": []});
    for (content, told) in [
        (pretty.into_bytes(), "jq -c . FILE"),
        (
            json!({"tickets": [ticket("a")]}).to_string().into_bytes(),
            "jq -c '.tickets[]'",
        ),
        (lines().replace('\n', "\r").into_bytes(), "tr '\\r'"),
        (utf16, "iconv"),
        (b"id,subject\n1,x\n".to_vec(), "convert --from csv"),
        (b"PK\x03\x04rest".to_vec(), "unzip"),
        (b"From a@b Mon\nSubject: x\n\nx\n".to_vec(), "mbox"),
        (
            format!("{zendesk}\n{zendesk}\n").into_bytes(),
            "convert --from zendesk",
        ),
        (
            format!("[{zendesk}]").into_bytes(),
            "convert --from zendesk",
        ),
        (packed("id,subject\n1,x\n"), "convert --from csv"),
    ] {
        for more in [&["--dry-run"][..], &[]] {
            let outcome = import(&content, more);
            assert_eq!(outcome.failed(), 2, "{told}");
            assert!(outcome.stderr.contains(told), "{outcome:?}");
            assert_eq!(outcome.stderr.lines().count(), 2, "{outcome:?}");
        }
    }
}

#[test]
fn the_schema_of_a_line_is_printed() {
    let schema = run(&mut gorgias(&["import", "--schema"])).json();
    assert_eq!(schema["required"], json!(["external_id", "messages"]));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&ticket("a")));
    for wrong in [
        json!({"messages": []}),
        json!({"external_id": "a", "messages": [], "colour": 1}),
        json!({"external_id": null, "messages": [{"channel": "api", "from_agent": false}]}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    let open = json!({"external_id": "a", "subject": null,
        "messages": [{"channel": "pigeon", "from_agent": false}]});
    assert!(validator.is_valid(&open));
}

#[test]
fn a_dry_run_warns_of_likely_mistakes() {
    let line = json!({
        "external_id": "a",
        "created_datetime": "2999-01-01T00:00:00Z",
        "messages": [
            {"channel": "emial", "from_agent": false, "body_text": "x",
                "created_datetime": "2026-03-02T11:00:00Z"},
            {"channel": "internal-note", "from_agent": true, "public": true, "body_text": "",
                "created_datetime": "2026-03-02T10:00:00Z"},
            {"channel": "api", "from_agent": false, "body_text": "a\0b"},
        ]
    });
    let outcome = import(format!("{line}\n").as_bytes(), &["--dry-run"]);
    let told = outcome.json();
    assert_eq!((&told["valid"], &told["warned"]), (&json!(1), &json!(1)));
    let warned: String = outcome.stderr;
    for told in [
        "is in the future",
        "near to email",
        "/messages/1/created_datetime: is earlier than",
        "internal note",
        "is empty",
    ] {
        assert!(warned.contains(told), "{told}: {warned}");
    }
}

#[test]
fn a_rehearsal_runs_as_fast_as_it_can() {
    // Two hundred requests would take more than a minute at the least limit.
    let many: String = (0..200)
        .map(|id| format!("{}\n", ticket(&id.to_string())))
        .collect();
    let told = import(many.as_bytes(), &[]).json();
    assert_eq!(told["created"], 200);
    let elapsed = told["elapsed_s"].as_f64().expect("seconds");
    assert!(elapsed < 40.0, "{elapsed}");
    assert!(told["utilisation"].is_null());
    let slow = import(lines().as_bytes(), &["--rate", "4/1"]).json();
    // A page of the list, two creates, and a page of the audit.
    let elapsed = slow["elapsed_s"].as_f64().expect("seconds");
    assert!(elapsed >= 0.5, "{elapsed}");
    let wrong = import(lines().as_bytes(), &["--rate", "fast"]);
    assert_eq!(wrong.failed(), 2);
}
