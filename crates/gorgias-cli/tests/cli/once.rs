//! `ticket create --once` and `ticket settle`.

mod journal;

use std::time::Duration;

use gorgias::journal::{BodyHash, Claim, Journal as _, reply_key};
use gorgias_journal::SqliteJournal;
use serde_json::{Value, json};

use crate::support::{
    CommandOutput, FROM_JANE, Served, TempFile, gorgias, run, run_at, run_with_input, signed_in,
};

const KEY: [&str; 2] = ["--external-id", "order-1"];

fn once(server: &Served, settle_time: &str) -> CommandOutput {
    let more = ["--once", "--settle-time", settle_time];
    run_at(server.base_url(), &[&FROM_JANE[..], &KEY, &more].concat())
}

fn settle(server: &Served, settle_time: &str) -> CommandOutput {
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
fn a_ticket_that_never_arrived_stays_in_doubt() {
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
