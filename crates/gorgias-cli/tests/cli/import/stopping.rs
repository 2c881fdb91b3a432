//! Imports that are asked to stop.

use super::*;

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
    let outcome = CommandOutput::from(child.wait_with_output().expect("ends"));
    assert_eq!(summary(&outcome, 0)["created"], 1);
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
        let outcome = CommandOutput::from(child.wait_with_output().expect("ends"));
        let told = summary(&outcome, 5);
        assert_eq!(
            (&told["in_doubt"], &told["rejected"]),
            (&json!(0), &json!(0))
        );
        assert!(outcome.stderr.contains("go on from here"), "{outcome:?}");
        assert!(told["created"].as_u64() < Some(1_500));
    }
    let last = signed_in(server.base_url(), &["import", &input])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    // If nothing reads the log, the emulator waits.
    let reader = std::thread::spawn(move || {
        while !server.log_line().contains("order_by=") {}
        server
    });
    let outcome = CommandOutput::from(last.wait_with_output().expect("ends"));
    let told = summary(&outcome, 0);
    let settled = told["created"].as_u64().zip(told["found"].as_u64());
    assert_eq!(settled.map(|(created, found)| created + found), Some(1_500));
    assert_eq!(told["duplicates"], 0);
    drop(reader.join());
}
