//! `ticket create` and `ticket get`.

use serde_json::json;

use crate::support::{Canned, FROM_JANE, Served, TempFile, gorgias, reply, run, run_at};

#[test]
fn the_first_command_prints_a_created_ticket() {
    let ticket = run(&mut gorgias(&[
        "ticket",
        "create",
        "--emulator",
        "--from",
        "jane@example.com",
        "--subject",
        "Where is my order?",
        "--text",
        "Order 1234 has not arrived.",
    ]))
    .json();
    assert!(ticket["id"].as_i64().is_some_and(|id| id > 0));
    assert_eq!(ticket["status"], "open");
    assert_eq!(ticket["channel"], "api");
    assert_eq!(ticket["subject"], "Where is my order?");
    assert_eq!(ticket["customer"]["email"], "jane@example.com");
    assert_eq!(
        ticket["messages"][0]["body_text"],
        "Order 1234 has not arrived."
    );
}

#[test]
fn the_embedded_emulator_wins_over_the_environment() {
    let mut command = gorgias(&[&FROM_JANE[..], &["--emulator"]].concat());
    command.env("GORGIAS_BASE_URL", "http://127.0.0.1:1");
    assert_eq!(run(&mut command).json()["status"], "open");
}

#[test]
fn a_created_ticket_can_be_read_again() {
    let server = Served::start(&[]);
    let created = run_at(
        server.base_url(),
        &[
            &FROM_JANE[..],
            &["--tag", "vip", "--tag", "late", "--priority", "high"],
        ]
        .concat(),
    )
    .json();
    let id = created["id"].to_string();
    let read = run_at(server.base_url(), &["ticket", "get", &id]).json();
    assert_eq!(read["id"], created["id"]);
    assert_eq!(read["priority"], "high");
    let names: Vec<_> = read["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| &tag["name"])
        .collect();
    assert_eq!(names, ["vip", "late"]);
}

#[test]
fn the_services_own_json_is_printed_with_every_value() {
    let body = "{\"id\": 7, \"subject\": \"\\u0000 \u{1f44b}\", \"x\": 12345678901234567890123, \
                \"y\": 1.0, \"updated_datetime\": \"soon\", \"tags\": null}";
    let json = "content-type: application/json\r\n";
    let server = Canned::answering(reply("201 Created", json, body));
    let outcome = run_at(server.base_url(), &FROM_JANE);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, format!("{body}\n"));
    assert_eq!(outcome.stderr, "");
}

#[test]
fn requests_name_the_command_and_carry_no_query() {
    let json = "content-type: application/json\r\n";
    let server = Canned::answering(reply("201 Created", json, r#"{"id":7}"#));
    run_at(server.base_url(), &FROM_JANE).json();
    let head = server.request().head.to_ascii_lowercase();
    assert!(head.starts_with("post /api/tickets http/1.1\r\n"), "{head}");
    assert!(
        head.contains("content-type: application/json\r\n"),
        "{head}"
    );
    let agent = head
        .lines()
        .find(|line| line.starts_with("user-agent: "))
        .unwrap();
    assert!(
        agent.contains("gorgias-rust/") && agent.contains(" gorgias-cli/"),
        "{agent}"
    );
}

#[test]
fn custom_fields_are_read_asked_for_or_not() {
    let server = Served::start(&[]);
    let body = json!({
        "custom_fields": [{"id": 2041, "value": "Shipping::Late"}],
        "messages": [{"channel": "api", "from_agent": false}]
    });
    let file = TempFile::new(body.to_string());
    let create = ["ticket", "create", "--file", file.path()];
    let id = run_at(server.base_url(), &create).json()["id"].to_string();
    for more in [&[][..], &["--custom-fields"]] {
        let get = [&["ticket", "get", &id], more].concat();
        let ticket = run_at(server.base_url(), &get).json();
        assert_eq!(ticket["custom_fields"]["2041"]["value"], "Shipping::Late");
    }
}
