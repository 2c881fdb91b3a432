//! The address, the flags and the log of a connection.

use serde_json::json;

use crate::support::{Canned, FROM_JANE, Served, TempFile, gorgias, reply, run, run_at, signed_in};

/// The address that a dry run would send to.
fn address(subdomain: &str) -> (Option<i32>, String) {
    let mut command = gorgias(&FROM_JANE);
    command.args(["--dry-run", "--curl"]);
    let outcome = run(command.env("GORGIAS_SUBDOMAIN", subdomain));
    let first = outcome.stdout.lines().next().unwrap_or_default();
    (outcome.code, first.to_owned())
}

#[test]
fn the_subdomain_may_be_what_people_paste() {
    for pasted in [
        "acme",
        "ACME",
        "acme.gorgias.com",
        "https://acme.gorgias.com",
        "https://Acme.gorgias.com/app/tickets?x=1",
        " acme ",
    ] {
        let (code, told) = address(pasted);
        assert_eq!(code, Some(0), "{pasted}");
        assert!(
            told.contains("'https://acme.gorgias.com/api/tickets'"),
            "{told}"
        );
    }
    for wrong in [
        "http://acme.gorgias.com",
        "https://acme.gorgias.com.evil.example",
        "https://user@acme.gorgias.com",
        "acme.evil.example",
        "acme/../x",
    ] {
        assert_eq!(address(wrong).0, Some(2), "{wrong}");
    }
}

#[test]
fn flags_of_the_connection_may_stand_before_the_command() {
    let before = run(gorgias(&["--emulator"]).args(FROM_JANE)).json();
    assert_eq!(before["channel"], "api");
    let list = [
        "--timeout",
        "30s",
        "ticket",
        "list",
        "--emulator",
        "--timeout",
        "5s",
    ];
    assert_eq!(run(&mut gorgias(&list)).json(), json!([]));
    for wrong in [
        &["--emulator", "completions", "bash"][..],
        &["-v", "manual", "/nowhere"],
        &["ticket", "list", "--load", "x.json"],
        &[
            "--emulator",
            "ticket",
            "list",
            "--base-url",
            "http://127.0.0.1:9",
        ],
        &["ticket", "list", "--emulator", "--timeout", "soon"],
    ] {
        assert_eq!(run(&mut gorgias(wrong)).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_call_has_as_much_time_as_it_is_given() {
    let silent = Canned::silent();
    let get = ["ticket", "get", "1", "--timeout", "1s"];
    let outcome = run_at(silent.base_url(), &get);
    assert_eq!(outcome.failed(), 5);
}

#[test]
fn requests_and_retries_are_told_if_asked_for() {
    let server = Served::start(&["--fault", "503,operation=get_ticket,times=1"]);
    run_at(server.base_url(), &FROM_JANE).json();
    let list = run_at(server.base_url(), &["ticket", "list"]).json();
    let id = list[0]["id"].to_string();
    let get = ["ticket", "get", &id, "-v"];
    let outcome = run_at(server.base_url(), &get);
    outcome.json();
    for told in [
        "get_ticket",
        "503",
        "200",
        "waiting to send the request again",
    ] {
        assert!(outcome.stderr.contains(told), "{told}: {}", outcome.stderr);
    }
    let quiet = run_at(server.base_url(), &["ticket", "get", &id]);
    assert_eq!(quiet.stderr, "");
    let told = run(gorgias(&["-v", "--emulator"]).args(FROM_JANE)).stderr;
    assert!(!told.contains("Hello.") && !told.contains("jane"), "{told}");
}

#[test]
fn a_mistyped_value_gets_a_suggestion() {
    for (option, wrong, meant) in [
        ("--channel", "emial", "email"),
        ("--channel", "internal_note", "internal-note"),
        ("--priority", "hihg", "high"),
    ] {
        let outcome = run(gorgias(&FROM_JANE).args(["--dry-run", option, wrong]));
        assert_eq!(outcome.failed(), 2);
        let told = format!("similar value exists: '{meant}'");
        assert!(outcome.stderr.contains(&told), "{}", outcome.stderr);
    }
    let own = run(gorgias(&FROM_JANE).args(["--dry-run", "--channel", "carrier-pigeon"]));
    assert_eq!(own.json()["channel"], "carrier-pigeon");
    let completions = run(&mut gorgias(&["completions", "bash"])).stdout;
    for value in ["whatsapp", "critical", "updated_datetime:asc"] {
        assert!(completions.contains(value), "{value}");
    }
}

#[test]
fn a_file_asks_before_a_message_is_sent_as_flags_do() {
    let ticket = |sent: Option<&str>| {
        let mut message = json!({"channel": "sms", "from_agent": true, "body_text": "x"});
        if let Some(sent) = sent {
            message["sent_datetime"] = json!(sent);
        }
        TempFile::new(json!({"messages": [message]}).to_string())
    };
    let unsent = ticket(None);
    let create = ["ticket", "create", "--emulator", "--file", unsent.path()];
    let outcome = run(&mut gorgias(&create));
    assert_eq!(outcome.failed(), 2);
    assert!(outcome.stderr.contains("--send-now"), "{outcome:?}");
    assert_eq!(outcome.pointers(), ["messages/0/sent_datetime"]);
    run(gorgias(&create).arg("--send-now")).json();
    let sent = ticket(Some("2026-03-02T11:00:05Z"));
    run(&mut gorgias(&[
        "ticket",
        "create",
        "--emulator",
        "--file",
        sent.path(),
    ]))
    .json();
    let incoming = run(gorgias(&FROM_JANE).args(["--emulator", "--send-now"]));
    assert_eq!(incoming.failed(), 2);
}

#[test]
fn refusals_of_other_shapes_are_shown_for_what_they_are() {
    let page = "<html><head><title>Attention Required!</title></head></html>";
    for (status, kind, body, told) in [
        ("403 Forbidden", "text/html", page, "Attention Required!"),
        ("403 Forbidden", "text/html", page, "firewall"),
        (
            "400 Bad Request",
            "application/json",
            r#"{"errors":["bad channel"]}"#,
            "bad channel",
        ),
        (
            "400 Bad Request",
            "text/plain",
            "no such thing",
            "no such thing",
        ),
    ] {
        let headers = format!("content-type: {kind}\r\n");
        let server = Canned::answering(reply(status, &headers, body));
        let outcome = run_at(server.base_url(), &["ticket", "get", "1"]);
        assert_eq!(outcome.failed(), 3);
        assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
    }
}

#[test]
fn a_ticket_that_was_merged_is_read_where_it_went() {
    let location = "location: https://elsewhere.example/api/tickets/8\r\nconnection: close\r\n";
    let body = r#"{"error":{"msg":"ticket_merged"}}"#;
    let server = Canned::answering(reply("301 Moved Permanently", location, body));
    let outcome = run_at(server.base_url(), &["ticket", "get", "7"]);
    // It stays with the host it was told, which sends it on for ever.
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let told = "ticket 7 was merged into 8";
    assert!(outcome.stderr.contains(told), "{outcome:?}");
    assert!(server.request().head.starts_with("GET /api/tickets/7"));
    assert!(server.request().head.starts_with("GET /api/tickets/8"));
    assert_eq!(server.count(), 0);
}

/// As in a container that has nothing but the program.
#[cfg(target_os = "linux")]
#[test]
fn certificates_are_needed_for_https_alone() {
    let without = |command: &mut std::process::Command| {
        run(command
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent"))
    };
    let server = Served::start(&[]);
    let list = ["ticket", "list"];
    let told = without(&mut signed_in(server.base_url(), &list));
    assert_eq!(told.json(), json!([]));
    let told = without(&mut signed_in("https://127.0.0.1:9", &list));
    assert_ne!(told.failed(), 0);
    assert!(told.stderr.contains("ca-certificates"), "{}", told.stderr);
}
