//! `--journal`, and `gorgias journal`.

use super::*;

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

    fn create(&self, server: &Served, text: &str, more: &[&str]) -> CommandOutput {
        let from = ["ticket", "create", "--from", "jane@example.com", "--text"];
        let once = ["--once", "--settle-time", "1", "--journal", &self.path];
        run_at(
            server.base_url(),
            &[&from[..], &[text], &KEY, &once, more].concat(),
        )
    }

    fn settle(&self, server: &Served, more: &[&str]) -> CommandOutput {
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

    fn forget(&self, server: &Served) -> CommandOutput {
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
        let done = gorgias::journal::ClaimOutcome::Done { resource_id: 9 };
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
