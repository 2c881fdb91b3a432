//! Files: `upload`, `ticket create --attach` and `import --attachments upload`.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Canned, FROM_JANE, Served, gorgias, reply, run, run_at};

/// A folder with a file in it.
fn folder() -> (TempDir, String) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("vase.jpg");
    fs::write(&path, "a photo").expect("is written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
fn uploaded_files_are_printed_as_attachments() {
    let (_folder, path) = folder();
    let outcome = run(&mut gorgias(&["upload", "--emulator", &path, &path]));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let lines: Vec<Value> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert_eq!(line["name"], "vase.jpg");
        assert_eq!(line["content_type"], "image/jpeg");
        assert_eq!(line["size"], 7);
        assert!(line["url"].as_str().is_some_and(|url| url.contains("://")));
    }
}

#[test]
fn a_file_that_is_not_there_is_told_and_nothing_sent() {
    let (folder, _) = folder();
    let absent = folder.path().join("absent.jpg");
    let absent = absent.to_str().expect("UTF-8");
    let outcome = run(&mut gorgias(&["upload", "--emulator", absent]));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
    assert!(outcome.stderr.contains("absent.jpg"), "{outcome:?}");
    let attach = [&FROM_JANE[..], &["--emulator", "--attach", absent]].concat();
    for more in [&[][..], &["--dry-run"]] {
        let outcome = run(&mut gorgias(&[&attach[..], more].concat()));
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
    }
    let outcome = run(&mut gorgias(&["upload", "--dry-run", absent]));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
}

#[test]
fn a_dry_run_uploads_nothing_and_needs_no_account() {
    let (_folder, path) = folder();
    let outcome = run(&mut gorgias(&["upload", "--dry-run", &path]));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, "");
    assert_eq!(outcome.stderr, format!("note: {path} would be uploaded\n"));
}

#[test]
fn a_ticket_gets_the_files_that_are_attached_to_it() {
    let (_folder, path) = folder();
    let server = Served::start(&[]);
    let attach = [&FROM_JANE[..], &["--attach", &path, "--attach", &path]].concat();
    let ticket = run_at(server.base_url(), &attach).json();
    let files = ticket["messages"][0]["attachments"]
        .as_array()
        .expect("files");
    assert_eq!(files.len(), 2);
    let url = files[0]["url"].as_str().expect("an address");
    assert!(url.starts_with(server.base_url()), "{url}");

    // Another run of a ticket that is there uploads nothing.
    let once = [&attach[..], &["--once", "--external-id", "order-1"]].concat();
    let first = run_at(server.base_url(), &once).json();
    let again = run_at(server.base_url(), &once).json();
    assert_eq!(first["id"], again["id"]);
    let last = files[1]["url"].as_str().expect("an address");
    let of_first = first["messages"][0]["attachments"][1]["url"].as_str();
    assert_ne!(of_first, Some(last));
    assert_eq!(
        first["messages"][0]["attachments"],
        again["messages"][0]["attachments"]
    );
}

#[test]
fn a_file_that_is_refused_or_in_doubt_leaves_no_ticket() {
    let (_folder, path) = folder();
    let json = "content-type: application/json\r\n";
    for (status, alone, of_ticket) in [
        ("413 Payload Too Large", 3, 3),
        ("503 Service Unavailable", 4, 5),
    ] {
        let answer = || reply(status, json, r#"{"error":{"msg":"No."}}"#);
        let server = Canned::answering(answer());
        let outcome = run_at(server.base_url(), &["upload", &path]);
        assert_eq!(outcome.failed(), alone, "{outcome:?}");
        let server = Canned::answering(answer());
        let attach = [&FROM_JANE[..], &["--attach", &path]].concat();
        let outcome = run_at(server.base_url(), &attach);
        assert_eq!(outcome.failed(), of_ticket, "{outcome:?}");
        assert!(outcome.stderr.contains("was not created"), "{outcome:?}");
    }
}

#[test]
fn an_import_uploads_files_only_from_its_folder_and_if_asked_to() {
    let (folder, path) = folder();
    let (other, secret) = self::folder();
    let line = |id: &str, path: &str| {
        json!({"external_id": id, "messages": [{"channel": "api", "from_agent": false,
        "body_text": "Hello.", "attachments": [
            {"url": format!("file://{path}"), "name": "vase.jpg", "content_type": "image/jpeg"}
        ]}]})
    };
    let input = folder.path().join("tickets.ndjson");
    fs::write(&input, format!("{}\n", line("a-1", &path))).expect("is written");
    let input = input.to_str().expect("UTF-8");

    let refused = run(&mut gorgias(&["import", input, "--emulator"]));
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(
        refused.stderr.contains("--attachments upload"),
        "{refused:?}"
    );

    let upload = ["import", input, "--emulator", "--attachments", "upload"];
    let imported = run(&mut gorgias(&upload)).json();
    assert_eq!(imported["created"], 1, "{imported}");
    let dry = run(&mut gorgias(&[&upload[..], &["--dry-run"]].concat())).json();
    assert_eq!(dry["valid"], 1, "{dry}");

    let elsewhere = other.path().to_str().expect("UTF-8");
    let from = [&upload[..], &["--files", elsewhere]].concat();
    let refused = run(&mut gorgias(&from));
    assert_eq!(refused.code, Some(3), "{refused:?}");
    fs::write(input, format!("{}\n", line("a-1", &secret))).expect("is written");
    let imported = run(&mut gorgias(&from)).json();
    assert_eq!(imported["created"], 1, "{imported}");
}
