//! Imports into a service that does not work.

use super::*;

#[test]
fn lines_in_doubt_are_sent_again_if_asked() {
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
fn lines_in_doubt_decide_the_exit_code() {
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
