//! `gorgias convert`.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{gorgias, run, run_with_input};

const TICKET: &str = r#"{"id":1,"requester_id":7,"subject":"Where is it?","description":"x"}"#;

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("a folder"));
        for (name, content) in files {
            fs::write(folder.path(name), content).expect("is written");
        }
        folder
    }

    fn path(&self, name: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        path.to_str().expect("UTF-8").to_owned()
    }
}

#[test]
fn standard_output_has_the_tickets_and_standard_error_the_summary() {
    let folder = Folder::with(&[("in", TICKET)]);
    let outcome = run(&mut gorgias(&[
        "convert",
        "--from",
        "zendesk",
        &folder.path("in"),
    ]));
    let ticket = outcome.json();
    assert_eq!(ticket["external_id"], "zendesk:1");
    let first = outcome.stderr.lines().next().expect("a summary");
    assert_eq!(
        first,
        "1 tickets read, 1 lines written: 1 messages, of which 0 internal notes, and 0 attachments"
    );
    assert!(
        outcome.stderr.contains("1 tickets without messages"),
        "{outcome:?}"
    );
}

#[test]
fn standard_input_is_converted_too() {
    let outcome = run_with_input(&mut gorgias(&["convert", "--from", "zendesk", "-"]), TICKET);
    assert_eq!(outcome.json()["subject"], "Where is it?");
}

#[test]
fn records_that_are_missing_in_the_output_are_a_failure_and_named() {
    let text = format!("{TICKET}\n{{\"id\":2,\n");
    let folder = Folder::with(&[("in", &text)]);
    let (input, report) = (folder.path("in"), folder.path("report"));
    let command = ["convert", "--from", "zendesk", &input, "--report", &report];
    let outcome = run(&mut gorgias(&command));
    assert_eq!(outcome.code, Some(3));
    assert_eq!(outcome.stdout.lines().count(), 1);
    assert!(outcome.stderr.contains("line 2: "), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("error: 1 records are not in the output"),
        "{outcome:?}"
    );
    let notices = fs::read_to_string(report).expect("a report");
    let notices = notices
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let kinds: Vec<_> = notices.map(|notice| notice["kind"].clone()).collect();
    assert!(kinds.contains(&"unreadable".into()), "{kinds:?}");
}

#[test]
fn a_template_is_printed_in_place_of_tickets() {
    let folder = Folder::with(&[("in.csv", "id,text,Mood\n1,Hello.,fine\n")]);
    let (input, map) = (folder.path("in.csv"), folder.path("map.toml"));
    let template = run(&mut gorgias(&[
        "convert",
        "--from",
        "csv",
        &input,
        "--template",
    ]));
    assert_eq!((template.code, template.stderr.as_str()), (Some(0), ""));
    let filled = template.stdout.replace("\"Mood\" = \"\"", "\"Mood\" = 12");
    fs::write(&map, filled).expect("is written");
    let command = ["convert", "--from", "csv", &input, "--map", &map];
    let ticket = run(&mut gorgias(&command)).json();
    assert_eq!(ticket["custom_fields"][0]["id"], 12);
}

#[test]
fn an_invalid_argument_is_refused_with_its_place() {
    let folder = Folder::with(&[("in", TICKET), ("map", "[agents]\n7 = true\n")]);
    let (input, map) = (folder.path("in"), folder.path("map"));
    let folder_itself = folder.path("");
    let missing = folder.path("missing");
    for (arguments, said) in [
        (
            vec!["--from", "zendesk", &input, "--map", &map],
            "agents.\"7\" must be",
        ),
        (vec!["--from", "zendesk", &missing], "can't be read"),
        (vec!["--from", "zendesk", &folder_itself], "is a folder"),
        (
            vec!["--from", "csv", &input, "--users", &input],
            "--users is for --from zendesk",
        ),
        (
            vec!["--from", "zendesk", &input, "--files", &input],
            "is no folder",
        ),
        (
            vec!["--from", "zendesk", &input, "--report", &input],
            "are the same file",
        ),
        (
            vec![
                "--from", "zendesk", &input, "--report", &missing, "--urls", &missing,
            ],
            "are the same file",
        ),
        (vec![&input], "--from"),
    ] {
        let outcome = run(gorgias(&["convert"]).args(&arguments));
        assert_eq!(outcome.failed(), 2, "{arguments:?}");
        assert!(outcome.stderr.contains(said), "{said}: {outcome:?}");
    }
    assert_eq!(fs::read_to_string(&input).expect("is there"), TICKET);
}
