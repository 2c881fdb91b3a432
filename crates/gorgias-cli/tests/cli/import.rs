//! `gorgias import`.

mod files;
mod outages;
mod stopping;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    CommandOutput, Served, gorgias, run, run_at, run_with_input, signal, signed_in,
};

fn line(id: &str) -> Value {
    json!({
        "external_id": id,
        "messages": [{"channel": "api", "from_agent": false, "body_text": "Hello."}]
    })
}

fn lines(count: usize) -> String {
    (0..count)
        .map(|number| format!("{}\n", line(&format!("order-{number}"))))
        .collect()
}

/// A folder with an input.
struct Folder(TempDir);

impl Folder {
    fn with(input: &str) -> Self {
        let folder = Self(TempDir::new().expect("a folder"));
        fs::write(folder.path("in"), input).expect("is written");
        folder
    }

    fn path(&self, name: &str) -> String {
        let path = self.0.path().join(name);
        path.to_str().expect("UTF-8").to_owned()
    }

    fn report(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.path("report")).expect("a report");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("is JSON"))
            .collect()
    }

    /// Imports the input, and reports.
    fn import(&self, server: &Served, more: &[&str]) -> CommandOutput {
        let (input, report) = (self.path("in"), self.path("report"));
        let import = ["import", &input, "--report", &report];
        run_at(server.base_url(), &[&import, more].concat())
    }
}

/// The summary, whatever the exit code is.
fn summary(outcome: &CommandOutput, code: i32) -> Value {
    assert_eq!(outcome.code, Some(code), "{outcome:?}");
    serde_json::from_str(&outcome.stdout).expect("a summary")
}

#[test]
fn every_line_becomes_a_ticket_and_a_second_run_sends_none() {
    let server = Served::start(&[]);
    let folder = Folder::with(&lines(20));
    let first = folder.import(&server, &[]);
    let told = summary(&first, 0);
    assert_eq!((&told["total"], &told["created"]), (&json!(20), &json!(20)));
    assert_eq!(
        (&told["missing"], &told["duplicates"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(told["requests"], 1 + 20 + 1);
    assert!(told["elapsed_s"].is_f64() && told["utilisation"].is_f64());
    assert!(first.stderr.contains("the journal is new"), "{first:?}");
    assert!(first.stderr.contains("at most 100 requests"), "{first:?}");
    let report = folder.report();
    assert_eq!(report.len(), 20);
    assert!(report.iter().all(|line| line["outcome"] == "created"));

    let second = folder.import(&server, &[]);
    let again = summary(&second, 0);
    assert_eq!(
        (&again["found"], &again["requests"]),
        (&json!(20), &json!(0))
    );
    let goes_on = "going on from an earlier run: the journal has 20 tickets";
    assert!(second.stderr.contains(goes_on), "{second:?}");
    assert!(
        folder
            .report()
            .iter()
            .all(|line| line["ticket_id"].is_i64())
    );
}

#[test]
fn how_long_to_wait_is_a_duration() {
    let server = Served::start(&[]);
    let folder = Folder::with(&lines(1));
    for wrong in ["", "soon", "1w", "-1s"] {
        let patience = format!("--patience={wrong}");
        assert_eq!(folder.import(&server, &[&patience]).failed(), 2, "{wrong}");
    }
    summary(&folder.import(&server, &["--patience", "30s"]), 0);
}

#[test]
fn a_refused_line_is_told_in_a_bounded_line() {
    let server = Served::start(&["--fault", "H10-role,operation=create_ticket"]);
    let folder = Folder::with(&lines(10));
    let outcome = folder.import(&server, &[]);
    let told = summary(&outcome, 3);
    assert_eq!(
        (&told["created"], &told["rejected"]),
        (&json!(9), &json!(1))
    );
    assert!(
        outcome.stderr.contains("the service answered 403"),
        "{outcome:?}"
    );
}

#[test]
fn rejected_lines_are_told_and_stop_nothing() {
    let server = Served::start(&[]);
    let bad = json!({"external_id": "bad", "messages": []});
    let folder = Folder::with(&format!("{}\n{bad}\n{{\n{}\n", line("a"), line("b")));
    let outcome = folder.import(&server, &[]);
    let told = summary(&outcome, 3);
    assert_eq!(
        (&told["created"], &told["rejected"]),
        (&json!(2), &json!(2))
    );
    assert!(
        outcome.stderr.contains("line 2 is rejected: /messages: "),
        "{outcome:?}"
    );
    assert!(
        outcome.stderr.contains("line 3 is rejected: is not JSON"),
        "{outcome:?}"
    );
    let report = folder.report();
    let bad = report
        .iter()
        .find(|line| line["line"] == 2)
        .expect("line 2");
    assert_eq!(bad["external_id"], "bad");
    assert_eq!(bad["problems"][0]["pointer"], "/messages");
}

#[test]
fn messages_that_would_be_sent_need_permission() {
    let server = Served::start(&[]);
    let outgoing = json!({
        "external_id": "a", "messages": [{"channel": "sms", "from_agent": true}]
    });
    let folder = Folder::with(&format!("{outgoing}\n"));
    let outcome = folder.import(&server, &[]);
    summary(&outcome, 3);
    assert_eq!(folder.report()[0]["reason"], "would_send");
    assert!(
        outcome.stderr.contains("/messages/0/sent_datetime"),
        "{outcome:?}"
    );
    let told = summary(&folder.import(&server, &["--allow-sending"]), 0);
    assert_eq!(told["created"], 1);
}

#[test]
fn a_dry_run_warns_of_what_the_service_may_refuse() {
    let server = Served::start(&[]);
    let mail = json!({
        "external_id": "a", "messages": [{"channel": "email", "from_agent": false}]
    });
    let folder = Folder::with(&format!("{mail}\n"));
    let outcome = folder.import(&server, &["--dry-run"]);
    let told = summary(&outcome, 0);
    assert_eq!(told["unsent"], 1);
    let source =
        "/messages/0/source: is needed: the service is said to refuse an e-mail without it";
    let told = format!("line 1 may be refused: {source}");
    assert!(outcome.stderr.contains(&told), "{outcome:?}");
    let warning = &folder.report()[0]["warnings"][0];
    assert_eq!(warning["pointer"], "/messages/0/source");
}

#[test]
fn ids_can_be_made_of_a_field() {
    let server = Served::start(&[]);
    let line = json!({
        "id": 12345, "meta": {"old": "x-1"},
        "messages": [{"channel": "api", "from_agent": false}]
    });
    let folder = Folder::with(&format!("{line}\n"));
    summary(
        &folder.import(&server, &["--external-id-prefix", "zendesk"]),
        0,
    );
    assert_eq!(folder.report()[0]["external_id"], "zendesk:12345");
    let field = [
        "--external-id-prefix",
        "old",
        "--external-id-field",
        "/meta/old",
    ];
    // The member called id is nothing the API knows.
    summary(&folder.import(&server, &field), 3);
    assert_eq!(folder.report()[0]["external_id"], "old:x-1");
    for wrong in [
        &["--external-id-field", "id"][..],
        &["--external-id-prefix", "a b"],
    ] {
        assert_eq!(folder.import(&server, wrong).failed(), 2);
    }
    let nothing = ["--external-id-prefix", "old", "--external-id-field="];
    let outcome = folder.import(&server, &nothing);
    assert_eq!(outcome.failed(), 2);
    let told = "--external-id-field: the field is empty";
    assert!(outcome.stderr.contains(told), "{outcome:?}");
}

#[test]
fn a_dry_run_sends_nothing_and_leaves_nothing() {
    let folder = Folder::with(&lines(3));
    let input = folder.path("in");
    let told = summary(&run(&mut gorgias(&["import", &input, "--dry-run"])), 0);
    assert_eq!((&told["unsent"], &told["requests"]), (&json!(3), &json!(0)));
    assert_eq!(
        (&told["valid"], &told["ended"]),
        (&json!(3), &json!("complete"))
    );
    assert_eq!(told["estimated_s"], 2);
    assert!(told["missing"].is_null());
    assert!(!Path::new(&folder.path("in.journal")).exists());
    let folder = Folder::with(&format!("{}not json\n", lines(3)));
    let input = folder.path("in");
    let outcome = run(&mut gorgias(&["import", &input, "--dry-run"]));
    let told = summary(&outcome, 2);
    assert_eq!((&told["valid"], &told["invalid"]), (&json!(3), &json!(1)));
    // A further run sends nothing either.
    assert!(!outcome.stderr.contains("hint: "), "{outcome:?}");
}

#[test]
fn without_credentials_nothing_is_sent() {
    let folder = Folder::with(&lines(3));
    let input = folder.path("in");
    assert_eq!(run(&mut gorgias(&["import", &input])).failed(), 5);
    let server = Served::start(&["--credentials", "agent@acme.example:another"]);
    let outcome = folder.import(&server, &[]);
    let told = summary(&outcome, 3);
    assert_eq!(
        (&told["unsent"], &told["ended"]),
        (&json!(3), &json!("refused"))
    );
    assert!(outcome.stderr.contains("go on from here"), "{outcome:?}");
}

#[test]
fn the_examples_of_its_help_work() {
    let server = Served::start(&[]);
    let help = run(&mut gorgias(&["import", "--help"])).stdout;
    let folder = Folder::with(&lines(3));
    let examples = help.lines().map(str::trim);
    let examples: Vec<_> = examples
        .filter_map(|line| line.strip_prefix("gorgias "))
        .collect();
    assert!(examples.len() >= 3, "{help}");
    for example in examples {
        let (input, report) = (folder.path("in"), folder.path("report"));
        let example = example.replace("tickets.ndjson", &input);
        let example = example.replace("outcome.ndjson", &report);
        let arguments: Vec<_> = example.split_whitespace().collect();
        summary(&run_at(server.base_url(), &arguments), 0);
    }
}
