//! `gorgias import`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Outcome, Served, gorgias, run, run_at, run_with_input, signal, signed_in};

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
    fn import(&self, server: &Served, more: &[&str]) -> Outcome {
        let (input, report) = (self.path("in"), self.path("report"));
        let import = ["import", &input, "--report", &report];
        run_at(server.base_url(), &[&import, more].concat())
    }
}

/// The summary, whatever the exit code is.
fn summary(outcome: &Outcome, code: i32) -> Value {
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

#[cfg(unix)]
#[test]
fn the_journal_lies_beside_the_input_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let server = Served::start(&[]);
    let folder = Folder::with(&lines(1));
    summary(&folder.import(&server, &[]), 0);
    let journal = fs::metadata(folder.path("in.journal")).expect("a journal");
    assert_eq!(journal.permissions().mode() & 0o777, 0o600);
    let other = folder.path("other");
    // Another journal knows nothing of the ticket, and the list shows it.
    let outcome = folder.import(&server, &["--journal", &other]);
    let told = summary(&outcome, 0);
    assert_eq!(
        (&told["found"], &told["duplicates"]),
        (&json!(1), &json!(0))
    );
    assert!(
        outcome.stderr.contains("the journal is incomplete"),
        "{outcome:?}"
    );
    assert!(Path::new(&other).exists());
}

#[test]
fn a_rehearsal_leaves_nothing_behind_that_stops_the_import() {
    let folder = Folder::with(&lines(3));
    let input = folder.path("in");
    let rehearsal = run(&mut gorgias(&["import", &input, "--emulator"]));
    assert_eq!(summary(&rehearsal, 0)["created"], 3);
    assert!(!Path::new(&folder.path("in.journal")).exists());
    let server = Served::start(&[]);
    assert_eq!(summary(&folder.import(&server, &[]), 0)["created"], 3);

    let journal = folder.path("kept");
    let kept = ["--journal", journal.as_str()];
    run(gorgias(&["import", &input, "--emulator"]).args(kept));
    let refused = folder.import(&server, &kept);
    assert_eq!(refused.code, Some(5), "{refused:?}");
    assert!(refused.stderr.contains("https://emulator.gorgias.com"));
    // The journal may hold outcomes, so no other journal may be advised.
    assert!(!refused.stderr.contains("--journal"), "{refused:?}");
}

/// `<(command)` is a path such as /dev/fd/63.
#[cfg(target_os = "linux")]
#[test]
fn what_can_be_read_once_needs_a_journal() {
    let server = Served::start(&[]);
    let folder = Folder::with("");
    let pipe = folder.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    for input in ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", &pipe] {
        let outcome = run_at(server.base_url(), &["import", input]);
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
        assert!(outcome.stderr.contains("needs --journal"), "{outcome:?}");
    }
    let journal = folder.path("journal");
    let import = ["import", "/dev/fd/0", "--journal", &journal];
    let mut command = signed_in(server.base_url(), &import);
    let told = summary(&run_with_input(&mut command, lines(3)), 0);
    assert_eq!(told["created"], 3);
}

#[cfg(unix)]
#[test]
fn an_input_has_one_journal_whichever_links_lead_to_it() {
    let server = Served::start(&[]);
    let folder = Folder::with(&lines(3));
    summary(&folder.import(&server, &[]), 0);
    let link = folder.path("link");
    std::os::unix::fs::symlink(folder.path("in"), &link).expect("is made");
    let again = summary(&run_at(server.base_url(), &["import", &link]), 0);
    assert_eq!(
        (&again["found"], &again["requests"]),
        (&json!(3), &json!(0))
    );
    assert!(!Path::new(&folder.path("link.journal")).exists());
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
fn what_is_in_doubt_has_a_way_out() {
    let never = "F7,operation=create_ticket,applied=never";
    let server = Served::start(&["--fault", never]);
    let folder = Folder::with(&lines(2));
    let outcome = folder.import(&server, &["--settle-time", "1"]);
    assert_eq!(summary(&outcome, 4)["in_doubt"], 1);
    assert!(outcome.stderr.contains("--resend-after"), "{outcome:?}");
    assert!(outcome.stderr.contains("assumes that"), "{outcome:?}");
    let again = folder.import(&server, &["--settle-time", "1"]);
    assert_eq!(summary(&again, 4)["in_doubt"], 1);
    let resend = ["--settle-time", "1", "--resend-after", "1s"];
    let told = summary(&folder.import(&server, &resend), 0);
    assert_eq!((&told["created"], &told["found"]), (&json!(1), &json!(1)));
}

#[test]
fn a_list_is_proven_line_by_line_if_asked_for() {
    let server = Served::start(&[]);
    let folder = Folder::with(&lines(3));
    let told = summary(&folder.import(&server, &["--look-first"]), 0);
    // A look-up and a create for each, and a page of the audit.
    assert_eq!(
        (&told["created"], &told["requests"]),
        (&json!(3), &json!(7))
    );
}

#[test]
fn an_outage_is_told_and_leaves_the_rest_unsent() {
    let outage = "503,operation=create_ticket,times=always,applied=never";
    let server = Served::start(&["--fault", outage]);
    let folder = Folder::with(&lines(100));
    let patience = ["--patience", "3s", "--settle-time", "1"];
    let outcome = folder.import(&server, &patience);
    let told = summary(&outcome, 4);
    let in_doubt = told["in_doubt"].as_u64().expect("a number");
    assert!((5..=16 + 5 + 4).contains(&in_doubt), "{told}");
    assert_eq!(told["created"], 0);
    assert_eq!(told["ended"], "gave_up");
    assert!(outcome.stderr.contains("sending stops"), "{outcome:?}");
    assert!(outcome.stderr.contains("does not recover"), "{outcome:?}");
}

#[test]
fn an_address_that_never_answers_is_told_soon() {
    let folder = Folder::with(&lines(3));
    // Nothing listens on the port of the discard protocol.
    let outcome = run_at("http://127.0.0.1:9", &["import", &folder.path("in")]);
    assert_eq!(summary(&outcome, 5)["created"], 0);
    assert!(
        outcome.stderr.contains("has not answered once"),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("check the address"), "{outcome:?}");
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
fn standard_input_needs_a_journal() {
    let server = Served::start(&[]);
    let without = run_at(server.base_url(), &["import", "-"]);
    assert_eq!(without.failed(), 2);
    let folder = Folder::with("");
    let journal = folder.path("journal");
    let import = ["import", "-", "--journal", &journal];
    let mut command = signed_in(server.base_url(), &import);
    let told = summary(&run_with_input(&mut command, lines(3)), 0);
    assert_eq!(told["created"], 3);
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
fn what_would_be_sent_needs_permission() {
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
    let source = "/messages/0/source: is needed in an e-mail";
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
fn what_is_in_doubt_weighs_most() {
    let server = Served::start(&["--fault", "F7,operation=create_ticket,applied=never"]);
    let folder = Folder::with(&format!("{}{{}}\n", lines(2)));
    let outcome = folder.import(&server, &["--settle-time", "1"]);
    let told = summary(&outcome, 4);
    assert_eq!(
        (&told["created"], &told["in_doubt"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(told["rejected"], 1);
    assert!(outcome.stderr.contains("may exist"), "{outcome:?}");
    assert_eq!(folder.report().len(), 3);
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
    // The same command still sends nothing.
    assert!(!outcome.stderr.contains("hint: "), "{outcome:?}");
}

#[test]
fn standard_input_is_read_by_one() {
    let folder = Folder::with("");
    let journal = folder.path("journal");
    let import = ["import", "-", "--journal", &journal];
    let outcome = run(gorgias(&import).args(["--emulator", "--load", "-"]));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
    assert!(outcome.stderr.contains("named twice"), "{outcome:?}");
}

#[test]
fn what_it_reads_is_not_written_over() {
    let server = Served::start(&[]);
    let folder = Folder::with(&lines(3));
    let (input, journal) = (folder.path("in"), folder.path("in.journal"));
    let input_again = folder.path("./in");
    let other = folder.path("other");
    for files in [
        &["import", &input, "--report", &input_again][..],
        &["import", &input, "--report", &input, "--dry-run"],
        &["import", &input, "--report", &journal],
        &["import", &input, "--report", &other, "--journal", &other],
        &["import", &input, "--journal", &input_again],
    ] {
        let outcome = run_at(server.base_url(), files);
        assert_eq!(outcome.failed(), 2, "{files:?}");
        assert!(outcome.stderr.contains("are the same file"), "{outcome:?}");
    }
    assert_eq!(fs::read_to_string(&input).expect("is read"), lines(3));
    assert!(!Path::new(&journal).exists() && !Path::new(&other).exists());
}

#[test]
fn an_import_that_can_not_go_ahead_keeps_the_report_of_the_last() {
    let folder = Folder::with(&lines(1));
    let (input, report) = (folder.path("in"), folder.path("report"));
    fs::write(&report, "{}\n").expect("is written");
    let import = ["import", &input, "--report", &report];
    assert_eq!(run(&mut gorgias(&import)).failed(), 5);
    let none = folder.path("none");
    let import = ["import", &none, "--report", &report, "--dry-run"];
    assert_eq!(run(&mut gorgias(&import)).failed(), 2);
    assert_eq!(folder.report(), [json!({})]);
    assert!(!Path::new(&folder.path("in.journal")).exists());
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
    assert!(outcome.stderr.contains("goes on from here"), "{outcome:?}");
}

#[test]
fn an_input_that_is_none_is_usage() {
    let server = Served::start(&[]);
    let folder = Folder::with("");
    for input in [folder.path("none"), folder.path("")] {
        assert_eq!(run_at(server.base_url(), &["import", &input]).failed(), 2);
    }
    let input = folder.path("in");
    for wrong in ["0", "257", "many"] {
        let import = ["import", &input, "--concurrency", wrong];
        assert_eq!(run_at(server.base_url(), &import).failed(), 2);
    }
    let empty = folder.import(&server, &[]);
    assert_eq!(summary(&empty, 0)["total"], 0);
    assert!(empty.stderr.contains("has no lines"), "{empty:?}");
}

#[test]
fn asked_to_stop_it_waits_for_no_more_input() {
    let mut server = Served::start(&[]);
    let folder = Folder::with("");
    let journal = folder.path("journal");
    let import = ["import", "-", "--journal", &journal];
    let mut child = signed_in(server.base_url(), &import)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(lines(1).as_bytes()).expect("is read");
    server.log_line();
    signal(&child, "INT");
    let mut told = String::new();
    let stdout = child.stdout.as_mut().expect("standard output");
    stdout.read_to_string(&mut told).expect("UTF-8");
    assert_eq!(child.wait().expect("ends").code(), Some(5), "{told}");
    drop(stdin);
}

/// Starts an import that never ends by itself.
#[cfg(unix)]
fn endless(server: &mut Served, folder: &Folder, wrapper: &[&str]) -> std::process::Child {
    let journal = folder.path("journal");
    let import = ["import", "-", "--journal", &journal];
    let mut command = signed_in(server.base_url(), &import);
    if let [program, arguments @ ..] = wrapper {
        let inner = command;
        command = std::process::Command::new(program);
        command
            .args(arguments)
            .arg(inner.get_program())
            .args(inner.get_args());
        command.envs(
            inner
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let stdin = child.stdin.as_mut().expect("standard input");
    stdin.write_all(lines(1).as_bytes()).expect("is read");
    server.log_line();
    child
}

#[cfg(target_os = "linux")]
#[test]
fn a_hangup_ends_it_in_an_orderly_way() {
    let mut server = Served::start(&[]);
    let folder = Folder::with("");
    // The tests may themselves run where hangups are ignored.
    let heeding = ["env", "--default-signal=HUP"];
    let mut child = endless(&mut server, &folder, &heeding);
    signal(&child, "HUP");
    let mut told = String::new();
    let stdout = child.stdout.as_mut().expect("standard output");
    stdout.read_to_string(&mut told).expect("UTF-8");
    assert_eq!(child.wait().expect("ends").code(), Some(5), "{told}");
    assert!(told.contains("\"total\":1"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_hangup_that_is_ignored_stays_so() {
    let mut server = Served::start(&[]);
    let folder = Folder::with("");
    let ignoring = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"];
    let mut child = endless(&mut server, &folder, &ignoring);
    signal(&child, "HUP");
    drop(child.stdin.take());
    let outcome = Outcome::from(child.wait_with_output().expect("ends"));
    assert_eq!(summary(&outcome, 0)["created"], 1);
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

#[test]
fn asked_to_stop_it_stops_cleanly_and_goes_on_later() {
    let mut server = Served::start(&["--limit", "100000/20"]);
    let folder = Folder::with(&lines(1_500));
    let input = folder.path("in");
    for name in ["INT", "TERM"] {
        let child = signed_in(server.base_url(), &["import", &input])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        for _ in 0..40 {
            server.log_line();
        }
        signal(&child, name);
        let outcome = Outcome::from(child.wait_with_output().expect("ends"));
        let told = summary(&outcome, 5);
        assert_eq!(
            (&told["in_doubt"], &told["rejected"]),
            (&json!(0), &json!(0))
        );
        assert!(outcome.stderr.contains("goes on from here"), "{outcome:?}");
        assert!(told["created"].as_u64() < Some(1_500));
    }
    let last = signed_in(server.base_url(), &["import", &input])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    // Whoever doesn't read the log holds up the emulator.
    let reader = std::thread::spawn(move || {
        while !server.log_line().contains("order_by=") {}
        server
    });
    let outcome = Outcome::from(last.wait_with_output().expect("ends"));
    let told = summary(&outcome, 0);
    let settled = told["created"].as_u64().zip(told["found"].as_u64());
    assert_eq!(settled.map(|(created, found)| created + found), Some(1_500));
    assert_eq!(told["duplicates"], 0);
    drop(reader.join());
}
