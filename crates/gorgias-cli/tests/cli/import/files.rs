//! The files of an import: input, journal and report.

use super::*;

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
fn a_stream_needs_a_journal() {
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
fn standard_input_is_read_by_one() {
    let folder = Folder::with("");
    let journal = folder.path("journal");
    let import = ["import", "-", "--journal", &journal];
    let outcome = run(gorgias(&import).args(["--emulator", "--load", "-"]));
    assert_eq!(outcome.failed(), 2, "{outcome:?}");
    assert!(outcome.stderr.contains("named twice"), "{outcome:?}");
}

#[test]
fn an_import_does_not_write_over_its_input() {
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
