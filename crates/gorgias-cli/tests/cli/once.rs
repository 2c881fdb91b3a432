//! `ticket create --once` and `ticket settle`.

use std::time::Duration;

use gorgias::journal::{BodyHash, Claim, Journal as _, reply_key};
use gorgias_journal::SqliteJournal;
use serde_json::{Value, json};

use crate::support::{
    FROM_JANE, Outcome, Served, TempFile, gorgias, run, run_at, run_with_input, signed_in,
};

const KEY: [&str; 2] = ["--external-id", "order-1"];

fn once(server: &Served, settle_time: &str) -> Outcome {
    let more = ["--once", "--settle-time", settle_time];
    run_at(server.base_url(), &[&FROM_JANE[..], &KEY, &more].concat())
}

fn settle(server: &Served, settle_time: &str) -> Outcome {
    let more = ["--settle-time", settle_time];
    run_at(
        server.base_url(),
        &[&["ticket", "settle"], &KEY[..], &more].concat(),
    )
}

/// The tickets there are, by id.
fn store(server: &Served) -> Vec<i64> {
    let list = run_at(server.base_url(), &["ticket", "list"]).json();
    let mut ids: Vec<_> = list
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|ticket| ticket["id"].as_i64())
        .collect();
    ids.sort_unstable();
    ids
}

fn id(ticket: &Value) -> i64 {
    ticket["id"].as_i64().expect("an id")
}

#[test]
fn run_twice_it_makes_one_ticket() {
    let server = Served::start(&[]);
    let first = once(&server, "1");
    assert_eq!(first.stderr, "");
    let again = once(&server, "1");
    assert!(again.stderr.contains("was there before"), "{again:?}");
    assert_eq!(id(&again.json()), id(&first.json()));
    assert_eq!(store(&server), [id(&first.json())]);
}

#[test]
fn a_lost_answer_is_made_up_for() {
    let server = Served::start(&["--fault", "F7,operation=create_ticket"]);
    let outcome = once(&server, "1");
    assert!(outcome.stderr.contains("found afterwards"), "{outcome:?}");
    assert_eq!(store(&server), [id(&outcome.json())]);
}

#[test]
fn in_doubt_it_says_how_to_settle() {
    // The ticket appears after the command has given up.
    let server = Served::start(&["--fault", "F7,operation=create_ticket,applied=4s"]);
    let outcome = once(&server, "1");
    assert_eq!(outcome.failed(), 4, "{outcome:?}");
    let hint = "gorgias ticket settle --external-id 'order-1'";
    assert!(outcome.stderr.contains(hint), "{outcome:?}");
    let settled = settle(&server, "20");
    assert!(settled.stderr.contains("looking again"), "{settled:?}");
    assert_eq!(settled.json()["external_id"], "order-1");
    let again = once(&server, "1");
    assert_eq!(store(&server), [id(&again.json())]);
}

#[test]
fn what_never_arrived_stays_in_doubt() {
    let server = Served::start(&["--fault", "F7,operation=create_ticket,applied=never"]);
    assert_eq!(once(&server, "1").failed(), 4);
    let outcome = settle(&server, "0");
    assert_eq!(outcome.failed(), 4, "{outcome:?}");
    assert!(outcome.stderr.contains("may yet appear"), "{outcome:?}");
    assert_eq!(store(&server), [0_i64; 0]);
}

#[test]
fn several_tickets_of_one_id_are_reported() {
    let server = Served::start(&[]);
    let create = [&FROM_JANE[..], &KEY].concat();
    let first = run_at(server.base_url(), &create).json();
    let second = run_at(server.base_url(), &create).json();
    for outcome in [settle(&server, "0"), once(&server, "1")] {
        assert_eq!(id(&outcome.json()), id(&first));
        let other = format!("same external id: {}\n", id(&second));
        assert!(outcome.stderr.contains(&other), "{outcome:?}");
    }
}

#[test]
fn the_id_may_stand_in_the_file() {
    let server = Served::start(&[]);
    let body = json!({
        "external_id": "order-1", "messages": [{"channel": "api", "from_agent": false}]
    });
    let create = ["ticket", "create", "--once", "--file", "-"];
    let send = || {
        let mut command = signed_in(server.base_url(), &create);
        run_with_input(&mut command, body.to_string()).json()
    };
    assert_eq!(id(&send()), id(&send()));
    assert_eq!(store(&server).len(), 1);
}

#[test]
fn a_journal_outlives_the_command() {
    let directory = tempfile::tempdir().expect("a folder");
    let journal = directory.path().join("tickets.journal");
    let journal = ["--journal", journal.to_str().expect("UTF-8")];
    let server = Served::start(&["--fault", "F7,operation=create_ticket,applied=4s"]);
    let create = |text: &str| {
        let from = ["ticket", "create", "--from", "jane@example.com", "--text"];
        let once = ["--once", "--settle-time", "1"];
        let all = [&from[..], &[text], &KEY, &once, &journal].concat();
        run_at(server.base_url(), &all)
    };
    assert_eq!(create("Hello.").failed(), 4);
    // Nobody knows of a ticket, so another one is in doubt as well.
    let other = create("Something else.");
    assert_eq!(other.failed(), 4, "{other:?}");

    let settle = [
        &["ticket", "settle", "--settle-time", "20"],
        &KEY[..],
        &journal,
    ]
    .concat();
    let settled = run_at(server.base_url(), &settle).json();
    let again = create("Hello.");
    assert!(again.stderr.contains("was there before"), "{again:?}");
    assert_eq!(id(&again.json()), id(&settled));
    // Now it is the id of a ticket that exists.
    let other = create("Something else.");
    assert_eq!(other.failed(), 2, "{other:?}");
    assert_eq!(store(&server), [id(&settled)]);
}

#[test]
fn a_look_up_that_proves_nothing_sends_nothing() {
    for list in [
        "data-null",
        "200-error",
        "item-id-null",
        "external-id-missing",
    ] {
        let fault = format!("{list},operation=list_tickets,times=always");
        let server = Served::start(&["--fault", &fault]);
        for _ in 0..2 {
            let outcome = once(&server, "1");
            assert_eq!(outcome.failed(), 5, "{list}: {outcome:?}");
        }
        let (_, log) = server.stop("TERM");
        assert!(
            log.contains("GET") && !log.contains("POST"),
            "{list}: {log}"
        );
    }
}

#[test]
fn a_list_that_is_none_is_an_error_with_the_services_words() {
    let server = Served::start(&["--fault", "200-error,times=always"]);
    let outcome = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(outcome.failed(), 1, "{outcome:?}");
    assert!(outcome.stderr.contains("the service says:"), "{outcome:?}");
}

/// A journal in a folder of its own.
struct Journal {
    _directory: tempfile::TempDir,
    path: String,
}

impl Journal {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a folder");
        let path = directory.path().join("tickets.journal");
        Self {
            path: path.to_str().expect("UTF-8").to_owned(),
            _directory: directory,
        }
    }

    fn create(&self, server: &Served, text: &str, more: &[&str]) -> Outcome {
        let from = ["ticket", "create", "--from", "jane@example.com", "--text"];
        let once = ["--once", "--settle-time", "1", "--journal", &self.path];
        run_at(
            server.base_url(),
            &[&from[..], &[text], &KEY, &once, more].concat(),
        )
    }

    fn settle(&self, server: &Served, more: &[&str]) -> Outcome {
        let settle = ["ticket", "settle", "--settle-time", "1", "--journal"];
        let all = [&settle[..], &[&self.path], &KEY, more].concat();
        run_at(server.base_url(), &all)
    }

    fn show(&self) -> Vec<Value> {
        let shown = run(&mut gorgias(&["journal", "show", &self.path]));
        assert_eq!(shown.code, Some(0), "{shown:?}");
        let lines = shown.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }

    fn forget(&self, server: &Served) -> Outcome {
        let forget = ["journal", "forget", &self.path, "--settle-time", "1"];
        run_at(server.base_url(), &[&forget[..], &KEY].concat())
    }
}

#[test]
fn a_corrected_ticket_is_sent_when_that_is_asked_for() {
    let server = Served::start(&["--fault", "500,operation=create_ticket,applied=never"]);
    let journal = Journal::new();
    assert_eq!(journal.create(&server, "Hello.", &[]).failed(), 4);
    let corrected = journal.create(&server, "Corrected.", &[]);
    assert_eq!(corrected.failed(), 4, "{corrected:?}");
    assert!(corrected.stderr.contains("--resend-after"), "{corrected:?}");
    assert_eq!(journal.show()[0]["state"], "in_doubt");
    let sent = journal.create(&server, "Corrected.", &["--resend-after", "1s"]);
    assert_eq!(store(&server), [id(&sent.json())]);
    let shown = &journal.show()[0];
    assert_eq!(
        (&shown["state"], &shown["ticket_id"]),
        (&json!("done"), &sent.json()["id"])
    );
    assert!(shown["last_attempt"].is_string() && shown["settled"].is_string());
}

#[test]
fn settling_frees_a_key_that_has_no_ticket() {
    let server = Served::start(&["--fault", "500,operation=create_ticket,applied=never"]);
    let journal = Journal::new();
    assert_eq!(journal.create(&server, "Hello.", &[]).failed(), 4);
    let kept = journal.settle(&server, &[]);
    assert_eq!(kept.code, Some(4), "{kept:?}");
    assert!(kept.stderr.contains("--resend-after"), "{kept:?}");
    let freed = journal.settle(&server, &["--resend-after", "1s"]);
    assert_eq!(freed.code, Some(0), "{freed:?}");
    assert_eq!(journal.show()[0]["state"], "freed");
    let sent = journal.create(&server, "Corrected.", &[]).json();
    assert_eq!(store(&server), [id(&sent)]);
    let without = run_at(
        server.base_url(),
        &[&["ticket", "settle", "--resend-after", "1s"][..], &KEY].concat(),
    );
    assert_eq!(without.failed(), 2, "{without:?}");
}

#[test]
fn a_key_is_forgotten_when_it_has_no_ticket() {
    let server = Served::start(&[]);
    let journal = Journal::new();
    let first = journal.create(&server, "Hello.", &[]).json();
    let kept = journal.forget(&server);
    assert_eq!(kept.code, Some(1), "{kept:?}");
    assert!(kept.stderr.contains(&id(&first).to_string()), "{kept:?}");
    assert_eq!(journal.show().len(), 1);
    drop(server);

    // Another helpdesk at the same kind of address, where it was deleted.
    let server = Served::start(&[]);
    let gone = journal.forget(&server);
    assert_eq!(gone.code, Some(0), "{gone:?}");
    assert!(journal.show().is_empty());
    let unknown = journal.forget(&server);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    journal.create(&server, "Hello.", &[]).json();
}

#[test]
fn the_key_of_a_reply_is_shown_as_one_and_never_looked_for_as_a_ticket() {
    let journal = Journal::new();
    let key = reply_key(7, &"order-1".parse().expect("an id"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let file = SqliteJournal::open(&journal.path).expect("a journal");
        let body = BodyHash::from_bytes([1; 32]);
        let claim = file.claim(&key, body, Duration::from_secs(1), None).await;
        let Ok(Claim::New(claim)) = claim else {
            panic!("{claim:?}")
        };
        let done = gorgias::journal::Outcome::Done { resource_id: 9 };
        file.record(&key, claim, done).await.expect("written");
    });
    let shown = journal.show();
    assert_eq!(shown[0]["external_id"], key.as_str());
    assert_eq!(
        (&shown[0]["ticket_id"], &shown[0]["message_id"]),
        (&json!(7), &json!(9))
    );

    let server = Served::start(&[]);
    let forget = [
        "journal",
        "forget",
        &journal.path,
        "--external-id",
        key.as_str(),
    ];
    let kept = run_at(server.base_url(), &forget);
    assert_eq!(kept.failed(), 2, "{kept:?}");
    assert!(kept.stderr.contains("a reply to ticket 7"), "{kept:?}");
    assert_eq!(journal.show(), shown);
}

#[test]
fn only_a_file_is_a_journal() {
    let server = Served::start(&[]);
    for name in ["", ":memory:", "file:journal", "/dev/null"] {
        let more = ["--once", "--journal", name];
        let outcome = run_at(server.base_url(), &[&FROM_JANE[..], &KEY, &more].concat());
        assert_eq!(outcome.failed(), 2, "{name}: {outcome:?}");
        let show = run(&mut gorgias(&["journal", "show", name]));
        assert_eq!(show.failed(), 2, "{name}: {show:?}");
    }
    let missing = run(&mut gorgias(&["journal", "show", "no-such.journal"]));
    assert_eq!(missing.failed(), 2, "{missing:?}");
    assert!(!std::path::Path::new("no-such.journal").exists());
}

#[test]
fn a_journal_may_be_younger_than_the_ticket() {
    let directory = tempfile::tempdir().expect("a folder");
    let journal = directory.path().join("tickets.journal");
    let journal = ["--journal", journal.to_str().expect("UTF-8")];
    let server = Served::start(&[]);
    let first = once(&server, "1").json();
    let create = [&FROM_JANE[..], &KEY, &["--once"], &journal].concat();
    for _ in 0..2 {
        let again = run_at(server.base_url(), &create);
        assert!(again.stderr.contains("was there before"), "{again:?}");
        assert_eq!(id(&again.json()), id(&first));
    }
    assert_eq!(store(&server), [id(&first)]);
}

#[test]
fn a_journal_that_is_none_is_left_alone() {
    let file = TempFile::new("something else, and long enough not to be a header");
    let more = ["--once", "--emulator", "--journal", file.path()];
    let outcome = run(&mut gorgias(&[&FROM_JANE[..], &KEY, &more].concat()));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
    assert!(outcome.stderr.contains("journal"), "{outcome:?}");
    let alone = [&FROM_JANE[..], &KEY, &["--emulator", "--journal", "x"]].concat();
    assert_eq!(run(&mut gorgias(&alone)).failed(), 2);
}

#[test]
fn once_needs_an_id_that_can_be_found_again() {
    for more in [
        &[][..],
        &["--external-id", ""],
        &["--external-id", " order-1"],
    ] {
        let flags = [&FROM_JANE[..], &["--once", "--emulator"], more].concat();
        let outcome = run(&mut gorgias(&flags));
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
    }
    let settle = ["ticket", "settle", "--emulator", "--external-id", ""];
    assert_eq!(run(&mut gorgias(&settle)).failed(), 2);
}

#[test]
fn a_refusal_is_one_whether_of_the_look_up_or_of_the_ticket() {
    for fault in ["429-long", "429-long,operation=create_ticket"] {
        let server = Served::start(&["--fault", fault]);
        let outcome = once(&server, "1");
        assert_eq!(outcome.failed(), 3, "{outcome:?}");
        assert_eq!(store(&server), [0_i64; 0]);
    }
    let server = Served::start(&["--credentials", "agent@acme.example:another"]);
    assert_eq!(once(&server, "1").failed(), 3);
}

#[test]
fn a_look_up_that_nobody_answered_refuses_nothing() {
    let server = Served::start(&["--fault", "H8,times=9,operation=list_tickets"]);
    let outcome = once(&server, "1");
    assert_eq!(outcome.failed(), 5, "{outcome:?}");
}

#[test]
fn a_ticket_that_is_gone_is_not_offered_to_be_read() {
    let directory = tempfile::tempdir().expect("a folder");
    let journal = directory.path().join("tickets.journal");
    let journal = ["--journal", journal.to_str().expect("UTF-8")];
    let server = Served::start(&["--fault", "H12,operation=get_ticket"]);
    let create = [&FROM_JANE[..], &KEY, &["--once"], &journal].concat();
    run_at(server.base_url(), &create).json();
    let outcome = run_at(server.base_url(), &create);
    assert_eq!(outcome.failed(), 4, "{outcome:?}");
    assert!(outcome.stderr.contains("is gone now"), "{outcome:?}");
    assert!(!outcome.stderr.contains("ticket get"), "{outcome:?}");
}

#[test]
fn nobody_waits_for_longer_than_a_day() {
    for time in ["86401", "18446744073709551615", "-1", "soon"] {
        let settle_time = format!("--settle-time={time}");
        let once = ["--once", "--emulator", settle_time.as_str()];
        let create = run(&mut gorgias(&[&FROM_JANE[..], &KEY, &once].concat()));
        assert_eq!(create.failed(), 2, "{create:?}");
        let settle = ["ticket", "settle", "--emulator", settle_time.as_str()];
        assert_eq!(run(&mut gorgias(&[&settle[..], &KEY].concat())).failed(), 2);
    }
}
