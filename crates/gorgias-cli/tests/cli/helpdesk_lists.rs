//! `user|team|tag|field|integration list`.

use serde_json::{Value, json};

use crate::support::{Canned, Served, TempFile, gorgias, reply, run, run_at};

/// A file with some of everything that is listed.
pub(crate) fn account() -> TempFile {
    TempFile::new(
        json!({
            "users": [
                {"id": 11, "name": "Ann", "email": "ann@acme.example", "role": {"name": "admin"}},
                {"id": 12, "name": "Bob", "email": "bob@acme.example", "role": {"name": "agent"}},
            ],
            "teams": [{"id": 21, "name": "Returns"}, {"id": 22, "name": "Billing"}],
            "tags": [{"id": 31, "name": "shipping"}, {"id": 32, "name": "VIP"}],
            "custom_fields": [
                {"id": 41, "label": "Reason", "object_type": "Ticket", "definition": {
                    "data_type": "text",
                    "input_settings": {"input_type": "dropdown", "choices": ["Late", "Lost::Post"]}
                }},
                {"id": 42, "label": "Parcels", "object_type": "Ticket", "definition": {
                    "data_type": "number", "input_settings": {"input_type": "input_number"}
                }},
                {"id": 43, "label": "Tier", "object_type": "Customer"},
            ],
            "integrations": [
                {"id": 51, "type": "email", "name": "Support",
                 "meta": {"address": "support@acme.example"}},
                {"id": 52, "type": "http", "name": "Hook"},
            ],
        })
        .to_string(),
    )
}

fn list(arguments: &[&str]) -> Vec<i64> {
    let account = account();
    let emulated = ["--emulator", "--load", account.path()];
    let listed = run(&mut gorgias(&[arguments, &emulated].concat())).json();
    let mut ids: Vec<_> = listed
        .as_array()
        .expect("an array")
        .iter()
        .map(|item| item["id"].as_i64().expect("an id"))
        .collect();
    ids.sort_unstable();
    ids
}

#[test]
fn everything_of_an_account_is_listed() {
    let users = list(&["user", "list"]);
    assert!(
        users.ends_with(&[11, 12]) || users.starts_with(&[11, 12]),
        "{users:?}"
    );
    assert_eq!(list(&["team", "list"]), [21, 22]);
    assert_eq!(list(&["tag", "list"]), [31, 32]);
    assert_eq!(list(&["field", "list"]), [41, 42]);
    assert_eq!(list(&["integration", "list"]), [51, 52]);
}

#[test]
fn filters_are_passed_on() {
    assert_eq!(list(&["user", "list", "--email", "bob@acme.example"]), [12]);
    assert_eq!(
        list(&["user", "list", "--role", "admin", "--search", "ann"]),
        [11]
    );
    assert_eq!(list(&["tag", "list", "--search", "ship"]), [31]);
    assert_eq!(list(&["field", "list", "--of", "Customer"]), [43]);
    assert_eq!(list(&["field", "list", "--archived", "true"]), [0; 0]);
    assert_eq!(list(&["integration", "list", "--type", "email"]), [51]);
    assert_eq!(
        list(&["team", "list", "--order-by", "name:asc", "--limit", "1"]),
        [22]
    );
}

#[test]
fn every_page_is_read_as_it_is_needed() {
    let tags: Vec<_> = (1..=250)
        .map(|id| json!({"id": id, "name": format!("tag-{id}")}))
        .collect();
    let store = TempFile::new(json!({ "tags": tags }).to_string());
    let mut server = Served::start(&["--load", store.path()]);
    let all = run_at(server.base_url(), &["tag", "list"]).json();
    assert_eq!(all.as_array().map(Vec::len), Some(250));
    let some = run_at(server.base_url(), &["tag", "list", "--limit", "101"]).json();
    assert_eq!(some.as_array().map(Vec::len), Some(101));
    for _ in 0..5 {
        let line = server.log_line();
        assert!(line.contains(" 200 GET /api/tags?"), "{line}");
        assert!(line.contains("limit=100"), "{line}");
    }
    let (_, rest) = server.stop("TERM");
    assert_eq!(rest, "");
}

#[test]
fn items_are_printed_one_per_line_as_they_came() {
    let page = r#"{"data":[{"id":1, "n": 1.0},{"id":2,"big":123456789012345678901234567890}],
        "meta":{"next_cursor":null}}"#;
    let server = Canned::answering(reply("200 OK", "content-type: application/json\r\n", page));
    let outcome = run_at(server.base_url(), &["team", "list"]);
    assert_eq!(
        outcome.stdout,
        "[\n{\"id\":1, \"n\": 1.0},\n{\"id\":2,\"big\":123456789012345678901234567890}\n]\n"
    );
}

#[test]
fn a_list_that_leads_back_ends() {
    let page = r#"{"data":[{"id":1}],"meta":{"next_cursor":"again"}}"#;
    let server = Canned::answering(reply("200 OK", "content-type: application/json\r\n", page));
    let outcome = run_at(server.base_url(), &["user", "list"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    // Not closed, so that nothing takes it for the whole.
    assert_eq!(outcome.stdout, "[\n{\"id\":1}");
}

#[test]
fn a_slip_is_told_before_anything_is_sent() {
    for (list, meant) in [
        (["field", "list", "--of", "ticket"], "Ticket"),
        (["user", "list", "--order-by", "nme:asc"], "name:asc"),
        (["integration", "list", "--type", "emial"], "email"),
    ] {
        let outcome = run(&mut gorgias(&[&list[..], &["--emulator"]].concat()));
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains(meant), "{outcome:?}");
    }
    let none: Value = run(&mut gorgias(&["tag", "list", "--emulator"])).json();
    assert_eq!(none, json!([]));
}
