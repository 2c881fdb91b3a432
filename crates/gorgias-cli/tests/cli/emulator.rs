//! `gorgias emulator`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use serde_json::json;

use crate::support::{FROM_JANE, Served, TempFile, gorgias, run, run_at};

#[test]
fn the_first_line_is_the_base_url_and_nothing_follows() {
    let mut child = gorgias(&["emulator", "--port", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("http://").unwrap();
    assert_eq!(line, format!("http://{address}\n"));
    assert!(address.starts_with("127.0.0.1:"), "{line}");
    TcpStream::connect(address).unwrap();
    crate::support::signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn each_request_is_a_line_on_standard_error() {
    let mut server = Served::start(&[]);
    run_at(server.base_url(), &FROM_JANE).json();
    let line = server.log_line();
    let words: Vec<_> = line.splitn(5, ' ').collect();
    assert!(
        chrono::DateTime::parse_from_rfc3339(words[0]).is_ok(),
        "{line}"
    );
    assert_eq!(words[1..4], ["201", "POST", "/api/tickets"]);
    assert!(
        words[4].contains("gorgias-rust/") && words[4].contains("gorgias-cli/"),
        "{line}"
    );
    run_at(
        server.base_url(),
        &["ticket", "list", "--external-id", "a b"],
    )
    .json();
    assert!(server.log_line().contains(" 200 GET /api/tickets?"));
}

#[test]
fn an_e_mail_without_its_source_is_refused_unless_the_emulator_is_told_to_take_it() {
    let body = r#"{"messages": [{"channel": "email", "from_agent": false}]}"#;
    let file = TempFile::new(body);
    let create = ["ticket", "create", "--file", file.path()];
    let outcome = run_at(Served::start(&[]).base_url(), &create);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
    assert_eq!(outcome.pointers(), ["messages/0/source"]);
    let lenient = Served::start(&["--accept-email-without-source"]);
    run_at(lenient.base_url(), &create).json();
}

#[test]
fn a_new_ticket_is_enriched_when_that_is_asked_for() {
    let server = Served::start(&["--enrich", "--limit", "off"]);
    let created = run_at(server.base_url(), &FROM_JANE).json();
    assert_eq!(created["language"], json!(null));
    let id = created["id"].to_string();
    let get = ["ticket", "get", id.as_str()];
    // The emulator's clock is the machine's here.
    let read = || run_at(server.base_url(), &get).json();
    let language = std::iter::repeat_with(|| read()["language"].clone());
    let detected = language.take(600).find(|language| !language.is_null());
    assert_eq!(detected, Some(json!("en")));
}

#[test]
fn the_emulator_ends_cleanly_when_asked_to() {
    for name in ["INT", "TERM"] {
        let server = Served::start(&[]);
        // An idle connection doesn't hold it up.
        let address = server.base_url().trim_start_matches("http://").to_owned();
        let _idle = TcpStream::connect(address).unwrap();
        assert_eq!(server.stop(name), (Some(0), String::new()));
    }
}

#[test]
fn any_credentials_are_let_in_but_none_are_not() {
    let server = Served::start(&[]);
    let mut command = gorgias(&["ticket", "list", "--base-url", server.base_url()]);
    command
        .env("GORGIAS_EMAIL", "who@ever.example")
        .env("GORGIAS_API_KEY", "x");
    run(&mut command).json();
}

#[test]
fn the_limit_is_announced_and_kept() {
    let mut server = Served::start(&["--limit", "2/1000"]);
    for expected in [" 200 ", " 200 ", " 429 "] {
        run_at(server.base_url(), &["ticket", "list"]);
        let line = server.log_line();
        assert!(line.contains(expected), "{line}");
    }
    let limited = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(limited.failed(), 3, "{limited:?}");

    let server = Served::start(&["--limit", "off"]);
    for _ in 0..3 {
        run_at(server.base_url(), &["ticket", "list"]).json();
    }
}

#[test]
fn the_same_seed_gives_the_same_ids() {
    let id = |seed: &str| {
        let server = Served::start(&["--seed", seed]);
        let ticket = run_at(server.base_url(), &FROM_JANE).json();
        assert!(
            ticket["created_datetime"]
                .as_str()
                .unwrap()
                .starts_with("2026-01-05T09:00:")
        );
        ticket["id"].as_i64().unwrap()
    };
    assert_eq!(id("7"), id("7"));
    assert_ne!(id("7"), id("8"));
}

#[test]
fn answers_of_one_emulator_can_be_loaded_into_another() {
    let first = Served::start(&["--limit", "off"]);
    let mut tickets = Vec::new();
    for subject in ["one", "two"] {
        let flags = [&FROM_JANE[..], &["--subject", subject, "--tag", "vip"]].concat();
        let id = run_at(first.base_url(), &flags).json()["id"].to_string();
        tickets.push(run_at(first.base_url(), &["ticket", "get", &id]).json());
    }
    let store = TempFile::new(json!(tickets).to_string());
    let second = Served::start(&["--load", store.path()]);
    for ticket in &tickets {
        let id = ticket["id"].to_string();
        assert_eq!(
            run_at(second.base_url(), &["ticket", "get", &id]).json(),
            *ticket
        );
        // The embedded one reads the same file.
        let get = ["ticket", "get", &id, "--emulator", "--load", store.path()];
        assert_eq!(run(&mut gorgias(&get)).json(), *ticket);
    }
}

#[test]
fn a_fault_happens_when_its_rule_says() {
    let mut server = Served::start(&["--fault", "F7,operation=create_ticket,nth=2"]);
    let create = [&FROM_JANE[..], &["--external-id", "order-1"]].concat();
    run_at(server.base_url(), &create).json();
    let lost = run_at(server.base_url(), &create);
    assert_eq!(lost.failed(), 4, "{lost:?}");
    let lines = [server.log_line(), server.log_line()];
    assert!(lines[1].contains(" --- POST /api/tickets "), "{lines:?}");
    assert!(lines[1].ends_with(" F7"), "{lines:?}");
    // The answer was lost, the ticket was not.
    let found = run_at(
        server.base_url(),
        &["ticket", "list", "--external-id", "order-1"],
    );
    assert_eq!(found.json().as_array().unwrap().len(), 2);
}

#[test]
fn an_unknown_fault_is_a_usage_error() {
    let unknown = run(&mut gorgias(&["emulator", "--fault", "F0"]));
    assert_eq!(unknown.failed(), 2);
    assert!(
        unknown.stderr.contains("there is no fault \"F0\""),
        "{unknown:?}"
    );
}

#[test]
fn commands_are_taken_on_a_port_of_their_own() {
    let mut server = Served::start(&["--admin-port", "0"]);
    let admin = server.output_line();
    assert_ne!(admin, server.base_url());
    let answer = post(&admin, "/_emulator/faults", "H4");
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    let limited = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(limited.failed(), 3, "{limited:?}");
    assert_eq!(
        run_at(server.base_url(), &["ticket", "list"]).json(),
        json!([])
    );
}

/// The answer to a request without a client.
fn post(base_url: &str, path: &str, body: &str) -> String {
    let address = base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    write!(stream, "{head}content-length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_store_that_can_not_be_loaded_is_explained() {
    for (store, said) in [
        (
            "[{\"id\": 1, \"subject\": 5}, {\"subject\": \"x\"}]",
            &["/0/subject: ", "/1/messages: "][..],
        ),
        ("{\"ticket\": []}", &["/ticket: "]),
        ("[", &["line 1 column 1"]),
    ] {
        let store = TempFile::new(store);
        for command in [&["emulator"][..], &["ticket", "list", "--emulator"]] {
            let outcome = run(&mut gorgias(&[command, &["--load", store.path()]].concat()));
            assert_eq!(outcome.failed(), 2, "{outcome:?}");
            for said in said {
                assert!(outcome.stderr.contains(said), "{said}: {outcome:?}");
            }
        }
    }
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let server = Served::start_unread();
    for _ in 0..2 {
        let listed = run_at(server.base_url(), &["ticket", "list"]);
        assert_eq!(listed.json(), json!([]));
    }
}
