//! `ticket update|close|tag|untag|delete|messages`.

use serde_json::{Value, json};

use crate::helpdesk_lists::account;
use crate::support::{Canned, CommandOutput, Served, TempFile, gorgias, reply, run, run_at};

/// An emulator with one ticket, 7, whose fields have values.
fn served() -> Served {
    let mut store: Value =
        serde_json::from_str(&std::fs::read_to_string(account().path()).unwrap()).expect("is JSON");
    let fields = store["custom_fields"].as_array_mut().expect("fields");
    fields.extend([
        json!({"id": 44, "label": "Weight", "object_type": "Ticket", "definition": {
            "data_type": "number",
            "input_settings": {"input_type": "input_number", "min": 1, "max": "9.5"}
        }}),
        json!({"id": 45, "label": "Old", "object_type": "Ticket",
            "deactivated_datetime": "2025-01-01T00:00:00+00:00",
            "definition": {"data_type": "text", "input_settings": {"input_type": "input"}}}),
    ]);
    store["tickets"] = json!([{
        "id": 7, "subject": "Where is it?", "status": "open", "tags": [{"id": 31, "name": "shipping"}],
        "custom_fields": {"41": {"id": 41, "value": "Late"}, "42": {"id": 42, "value": 2}},
        "customer": {"id": 1, "email": "jane@example.com"},
        "messages": [
            {"id": 70, "channel": "api", "from_agent": false, "body_text": "Hello?"},
            {"id": 71, "channel": "api", "from_agent": false, "body_text": "Anybody?"},
        ],
    }]);
    let store = TempFile::new(store.to_string());
    Served::start(&["--load", store.path()])
}

fn ticket(server: &Served) -> Value {
    run_at(server.base_url(), &["ticket", "get", "7"]).json()
}

fn change(server: &Served, arguments: &[&str]) -> CommandOutput {
    run_at(server.base_url(), &[&["ticket"], arguments].concat())
}

#[test]
fn members_are_changed_and_the_rest_stays() {
    let server = served();
    let update = [
        "update",
        "7",
        "--priority",
        "high",
        "--subject",
        "Found",
        "--set",
        "spam=true",
    ];
    let answer = change(&server, &update).json();
    assert_eq!(answer["priority"], "high");
    let ticket = ticket(&server);
    assert_eq!(ticket["subject"], "Found");
    assert_eq!(ticket["spam"], true);
    assert_eq!(ticket["status"], "open");
    assert_eq!(ticket["tags"][0]["name"], "shipping");
}

#[test]
fn people_teams_and_fields_are_found_by_name() {
    let server = served();
    let update = [
        "update",
        "7",
        "--assign",
        "Bob@acme.example",
        "--team",
        "Billing",
    ];
    let fields = [
        "--field",
        "Reason=Lost::Post",
        "--meta",
        "tier=1",
        "--meta",
        r#"{"a":"b"}"#,
    ];
    change(&server, &[&update[..], &fields].concat()).json();
    let changed = ticket(&server);
    assert_eq!(changed["assignee_user"]["id"], 12);
    assert_eq!(changed["assignee_team"]["id"], 22);
    assert_eq!(changed["custom_fields"]["41"]["value"], "Lost::Post");
    // The service would have dropped it.
    assert_eq!(changed["custom_fields"]["42"]["value"], 2);
    assert_eq!(changed["meta"], json!({"tier": 1, "a": "b"}));

    let update = [
        "update", "7", "--assign", "none", "--team", "none", "--field", "Reason=",
    ];
    change(&server, &update).json();
    let changed = ticket(&server);
    assert_eq!(changed["assignee_user"], Value::Null);
    assert_eq!(changed["assignee_team"], Value::Null);
    assert_eq!(changed["custom_fields"].get("41"), None);
    assert_eq!(changed["custom_fields"]["42"]["value"], 2);
}

#[test]
fn a_body_comes_from_a_file_too() {
    let server = served();
    let file = TempFile::new(r#"{"subject": "From a file", "is_unread": true}"#);
    change(
        &server,
        &["update", "7", "--file", file.path(), "--status", "closed"],
    )
    .json();
    let ticket = ticket(&server);
    assert_eq!(ticket["subject"], "From a file");
    assert_eq!(ticket["status"], "closed");
}

#[test]
fn an_invalid_change_is_not_sent() {
    let server = served();
    for (arguments, said) in [
        (&["update", "7"][..], "say what to change"),
        (&["update", "7", "--set", "colour=red"], "/colour"),
        (&["update", "7", "--subject", "a\nb"], "/subject"),
        (&["update", "7", "--status", "opne"], "open"),
        (&["update", "7", "--assign", "12"], "id:"),
        (&["update", "7", "--field", "Parcels=two"], "takes a number"),
        (
            &["update", "7", "--field", "Weight=0.5"],
            "takes numbers from 1 up to 9.5, nothing was sent",
        ),
        (&["update", "7", "--field", "Weight=9.6"], "up to 9.5"),
        (
            &["update", "7", "--field", "Old=x"],
            "the custom field \"Old\" is deactivated, nothing was sent",
        ),
        (&["update", "7", "--field", "id:45=x"], "is deactivated"),
        (&["update", "0", "--status", "open"], "0"),
    ] {
        let outcome = change(&server, arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains(said), "{outcome:?}");
    }
    assert_eq!(ticket(&server)["subject"], "Where is it?");
}

#[test]
fn a_ticket_is_closed() {
    let server = served();
    assert_eq!(change(&server, &["close", "7"]).json()["status"], "closed");
    assert_eq!(change(&server, &["close", "8"]).failed(), 3);
}

#[test]
fn tags_are_put_on_and_taken_off() {
    let server = served();
    let outcome = change(&server, &["tag", "7", "VIP", "shipping"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, "");
    assert_eq!(outcome.stderr, "note: ticket 7 has VIP, shipping\n");
    assert_eq!(ticket(&server)["tags"].as_array().map(Vec::len), Some(2));
    assert_eq!(change(&server, &["untag", "7", "shipping"]).code, Some(0));
    assert_eq!(ticket(&server)["tags"][0]["name"], "VIP");

    for change_of_tags in ["tag", "untag"] {
        let outcome = change(&server, &[change_of_tags, "7", "vip", "shipping", "x"]);
        assert_eq!(outcome.failed(), 3);
        assert!(outcome.stderr.contains("gorgias tag list"), "{outcome:?}");
        let told = "no tag is called \"vip\"; did you mean VIP?\n  no tag is called \"x\"\n";
        assert!(outcome.stderr.contains(told), "{outcome:?}");
    }
    // It isn't the tags.
    let outcome = change(&server, &["tag", "8", "VIP"]);
    assert_eq!(outcome.failed(), 3);
    assert!(!outcome.stderr.contains("tag list"), "{outcome:?}");
}

#[test]
fn nothing_is_deleted_without_a_yes() {
    let server = served();
    let outcome = change(&server, &["delete", "7"]);
    assert_eq!(outcome.failed(), 2);
    assert!(
        outcome.stderr.contains("this deletes ticket 7 for good"),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("--yes"), "{outcome:?}");
    assert_eq!(ticket(&server)["id"], 7);

    let outcome = change(&server, &["delete", "7", "--yes"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(
        (outcome.stdout, outcome.stderr),
        (String::new(), "note: ticket 7 is deleted\n".to_owned())
    );
    assert_eq!(change(&server, &["get", "7"]).failed(), 3);
}

#[test]
fn messages_are_listed() {
    let server = served();
    let messages = change(&server, &["messages", "7"]).json();
    let texts: Vec<_> = messages
        .as_array()
        .expect("an array")
        .iter()
        .map(|it| &it["body_text"])
        .collect();
    assert_eq!(texts, ["Hello?", "Anybody?"]);
    let one = change(&server, &["messages", "7", "--limit", "1"]).json();
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    assert_eq!(change(&server, &["messages", "8"]).failed(), 3);
}

#[test]
fn a_dry_run_prints_the_request_and_needs_no_account() {
    for (arguments, told, body) in [
        (
            &["update", "7", "--priority", "low"][..],
            "PUT /api/tickets/7",
            "{\"priority\":\"low\"}\n",
        ),
        (
            &["close", "7"],
            "PUT /api/tickets/7",
            "{\"status\":\"closed\"}\n",
        ),
        (
            &["tag", "7", "a"],
            "POST /api/tickets/7/tags",
            "{\"names\":[\"a\"]}\n",
        ),
        (
            &["untag", "7", "a"],
            "DELETE /api/tickets/7/tags",
            "{\"names\":[\"a\"]}\n",
        ),
        (&["delete", "7"], "DELETE /api/tickets/7", ""),
    ] {
        let outcome = run(&mut gorgias(
            &[&["ticket"], arguments, &["--dry-run"]].concat(),
        ));
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        assert_eq!(outcome.stderr, format!("note: {told}\n"));
        assert_eq!(outcome.stdout, body);
    }
    let wrong = ["ticket", "update", "7", "--set", "spam=maybe", "--dry-run"];
    assert_eq!(run(&mut gorgias(&wrong)).failed(), 2);
}

#[test]
fn a_dry_run_looks_names_up_and_changes_nothing() {
    let server = served();
    let update = ["update", "7", "--assign", "bob@acme.example", "--dry-run"];
    let outcome = change(&server, &update);
    assert_eq!(
        outcome.stdout, "{\"assignee_user\":{\"id\":12}}\n",
        "{outcome:?}"
    );
    assert_eq!(ticket(&server)["assignee_user"], Value::Null);
}

#[test]
fn a_failed_change_says_what_became_of_it() {
    for (status, code) in [
        ("400 Bad Request", 3),
        ("404 Not Found", 3),
        ("503 Service Unavailable", 4),
    ] {
        let json = "content-type: application/json\r\n";
        let server = Canned::answering(reply(status, json, r#"{"error": {"msg": "no"}}"#));
        for arguments in [
            &["update", "7", "--status", "open"][..],
            &["tag", "7", "a"],
            &["delete", "7", "--yes"],
        ] {
            let outcome = run_at(server.base_url(), &[&["ticket"], arguments].concat());
            assert_eq!(outcome.failed(), code, "{status} {outcome:?}");
            let hints = outcome.stderr.contains("gorgias ticket get 7");
            assert_eq!(hints, code == 4, "{outcome:?}");
        }
    }
    let closed = ["ticket", "close", "7"];
    assert_eq!(run_at("http://127.0.0.1:1", &closed).failed(), 5);
}
