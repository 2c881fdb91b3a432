//! One test per exit code, and what is told with each.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::process::Stdio;

use crate::support::{
    Canned, CommandOutput, FROM_JANE, Served, gorgias, reply, run, run_at, signal, signed_in,
};

const JSON: &str = "content-type: application/json\r\n";

fn create_at(server: &Canned) -> CommandOutput {
    run_at(
        server.base_url(),
        &[&FROM_JANE[..], &["--external-id", "it's 1"]].concat(),
    )
}

#[test]
fn zero_when_done() {
    assert_eq!(run(&mut gorgias(&["--version"])).code, Some(0));
    assert_eq!(
        run(&mut gorgias(&["ticket", "create", "--help"])).code,
        Some(0)
    );
    assert_eq!(
        run(&mut gorgias(&["ticket", "list", "--emulator"])).json(),
        serde_json::json!([])
    );
}

#[test]
fn one_when_an_answer_makes_no_sense() {
    let page = reply(
        "200 OK",
        "content-type: text/html\r\n",
        "<p>Welcome to the hotel</p>",
    );
    let outcome = run_at(Canned::answering(page).base_url(), &["ticket", "get", "7"]);
    assert_eq!(outcome.failed(), 1, "{outcome:?}");
}

/// Runs a command with standard output on a full disk.
#[cfg(target_os = "linux")]
fn run_on_a_full_disk(arguments: &[&str]) -> CommandOutput {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = gorgias(arguments)
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    CommandOutput::from(output)
}

#[cfg(target_os = "linux")]
#[test]
fn one_when_the_help_can_not_be_written() {
    let outcome = run_on_a_full_disk(&["--help"]);
    assert_eq!(outcome.failed(), 1, "{outcome:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn one_when_the_result_can_not_be_written() {
    let outcome = run_on_a_full_disk(&[&FROM_JANE[..], &["--emulator"]].concat());
    assert_eq!(outcome.failed(), 1, "{outcome:?}");
    // The ticket exists nevertheless, and its id must not be lost.
    assert!(outcome.stderr.contains("ticket 8"), "{outcome:?}");
    assert!(outcome.stderr.contains("was created"), "{outcome:?}");
}

#[test]
fn one_when_the_port_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let outcome = run(&mut gorgias(&["emulator", "--port", &port]));
    assert_eq!(outcome.failed(), 1, "{outcome:?}");
    assert!(outcome.stderr.contains(&port), "{outcome:?}");
}

#[test]
fn five_when_a_proxy_refuses() {
    for fault in ["F26", "F26-502"] {
        let proxy = Served::start(&["--fault", &format!("{fault},times=9")]);
        let outcome = run(gorgias(&FROM_JANE)
            .env("GORGIAS_SUBDOMAIN", "acme")
            .env("GORGIAS_ACCESS_TOKEN", "a-token")
            .env("HTTPS_PROXY", proxy.base_url()));
        assert_eq!(outcome.failed(), 5, "{fault}: {outcome:?}");
    }
}

#[test]
fn two_for_usage() {
    for arguments in [
        &[][..],
        &["ticket"],
        &["ticket", "get"],
        &["ticket", "get", "seven"],
        &["ticket", "get", "0"],
        &["ticket", "list", "--limit", "0"],
        &["ticket", "create", "--api-key", "x"],
        &["emulator", "--limit", "fast"],
        &["emulator", "--credentials", "agent@acme.example"],
        &["emulator", "--port", "65536"],
    ] {
        let outcome = run(&mut gorgias(arguments));
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert_ne!(outcome.stderr, "", "{arguments:?}");
    }
}

#[test]
fn three_with_every_field_error_of_the_service() {
    let body = r#"{"error":{"msg":"Validation error.","data":{
        "external_id":["Not this one."],
        "messages":{"0":{"sender":["Unknown.","Really."],"channel":["No."]}}}}}"#;
    let outcome = create_at(&Canned::answering(reply("400 Bad Request", JSON, body)));
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
    for line in [
        "  the service says: Validation error.\n",
        "  /external_id: Not this one.\n",
        "  /messages/0/sender: Unknown.\n",
        "  /messages/0/sender: Really.\n",
        "  /messages/0/channel: No.\n",
    ] {
        assert!(outcome.stderr.contains(line), "{line} {}", outcome.stderr);
    }
}

#[test]
fn three_for_each_refusal() {
    for (status, said) in [
        ("401 Unauthorized", "credentials"),
        ("403 Forbidden", "allow"),
        ("404 Not Found", "exist"),
        ("409 Conflict", "in use"),
        ("413 Content Too Large", "refused"),
        ("422 Unprocessable Content", "refused"),
    ] {
        let outcome = create_at(&Canned::answering(reply(status, JSON, "{\"error\":{}}")));
        assert_eq!(outcome.failed(), 3, "{status}: {outcome:?}");
        assert!(outcome.stderr.contains(said), "{status}: {outcome:?}");
    }
}

#[test]
fn three_when_a_429_outlasts_the_retries() {
    let headers = "content-type: application/json\r\nretry-after: 900\r\n";
    let server = Canned::answering(reply("429 Too Many Requests", headers, "{\"error\":{}}"));
    let outcome = create_at(&server);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
    assert!(outcome.stderr.contains("900 s"), "{outcome:?}");
    let outcome = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
}

#[test]
fn four_when_no_answer_settles_it() {
    let gateway = reply(
        "502 Bad Gateway",
        "content-type: text/html\r\n",
        "<h1>Bad</h1>",
    );
    for answer in [String::new(), "HTTP/1.1 20".to_owned(), gateway] {
        let server = Canned::answering(answer);
        let outcome = create_at(&server);
        assert_eq!(outcome.failed(), 4, "{outcome:?}");
        // A ticket that was sent once is not sent again.
        assert_eq!(server.count(), 1);
        let hint = r"gorgias ticket settle --external-id 'it'\''s 1'";
        assert!(outcome.stderr.contains(hint), "{outcome:?}");
    }
}

#[test]
fn four_when_the_ticket_exists_and_its_id_is_unreadable() {
    let outcome = create_at(&Canned::answering(reply("201 Created", JSON, "{\"id\": ")));
    assert_eq!(outcome.failed(), 4, "{outcome:?}");
    assert!(outcome.stderr.contains("the ticket exists"), "{outcome:?}");
}

#[test]
fn four_names_the_id_where_that_much_arrived() {
    let cut = reply("201 Created", JSON, r#"{"id": 4217, "subject": "Whe"#);
    let outcome = create_at(&Canned::answering(cut));
    assert_eq!(outcome.failed(), 4, "{outcome:?}");
    assert!(
        outcome.stderr.contains("gorgias ticket get 4217"),
        "{outcome:?}"
    );
}

#[cfg(unix)]
#[test]
fn four_when_interrupted_on_the_way() {
    for name in ["INT", "TERM"] {
        let server = Canned::silent();
        let child = signed_in(server.base_url(), &FROM_JANE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let request = server.request();
        signal(&child, name);
        let outcome = CommandOutput::from(child.wait_with_output().unwrap());
        drop(request);
        assert_eq!(outcome.failed(), 4, "{outcome:?}");
        assert!(
            outcome.stderr.contains("the ticket may exist"),
            "{outcome:?}"
        );
    }
}

#[test]
fn five_without_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for arguments in [&FROM_JANE[..], &["ticket", "get", "7"]] {
        let outcome = run_at(&address, arguments);
        assert_eq!(outcome.failed(), 5, "{outcome:?}");
        assert!(outcome.stderr.contains("nothing was sent"), "{outcome:?}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let store = crate::list::store(300);
    let mut child = gorgias(&["ticket", "list", "--emulator", "--load", store.path()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let outcome = CommandOutput::from(child.wait_with_output().unwrap());
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
}

#[test]
fn texts_of_the_service_can_not_drive_the_terminal() {
    let body = "{\"error\":{\"msg\":\"\\u001b]0;title\\u0007\\nerror: all is well\"}}";
    let outcome = create_at(&Canned::answering(reply("400 Bad Request", JSON, body)));
    assert_eq!(outcome.failed(), 3);
    assert!(!outcome.stderr.contains(['\u{1b}', '\u{7}']), "{outcome:?}");
    assert_eq!(
        outcome.stderr.matches("\nerror: ").count(),
        0,
        "{outcome:?}"
    );
}

#[test]
fn a_missing_ticket_is_a_refusal() {
    let server = Served::start(&[]);
    let outcome = run_at(server.base_url(), &["ticket", "get", "7"]);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
}
