//! `customer find|create|get|update|merge`.

use serde_json::{Value, json};

use crate::support::{Canned, CommandOutput, Served, TempFile, gorgias, reply, run, run_at};

fn two_customers() -> TempFile {
    TempFile::new(
        json!({"customers": [
            {"id": 1, "name": "Jane Doe", "email": "jane@example.com", "external_id": "shop-1"},
            {"id": 2, "name": "Jane Roe", "email": "roe@example.com"},
        ]})
        .to_string(),
    )
}

/// An emulator with two customers.
fn served() -> Served {
    Served::start(&["--load", two_customers().path()])
}

fn customer(server: &Served, arguments: &[&str]) -> CommandOutput {
    run_at(server.base_url(), &[&["customer"], arguments].concat())
}

fn ids(found: &Value) -> Vec<i64> {
    let found = found.as_array().expect("an array").iter();
    found.map(|it| it["id"].as_i64().expect("an id")).collect()
}

#[test]
fn customers_are_found_by_what_is_known() {
    let server = served();
    for (arguments, expected) in [
        (&["Jane@example.com"][..], &[1][..]),
        (&["Somebody <jane@example.com>"], &[1]),
        (&["id:2"], &[2]),
        (&["id:3"], &[]),
        (&["--external-id", "shop-1"], &[1]),
        (&["--name", "Jane Roe"], &[2]),
        (&["jane@example.com", "--name", "Jane Roe"], &[]),
        (&["nobody@example.com"], &[]),
    ] {
        let found = customer(&server, &[&["find"], arguments].concat()).json();
        assert_eq!(ids(&found), expected, "{arguments:?}");
    }
    for wrong in [
        &["find"][..],
        &["find", "15550100"],
        &["find", "jane"],
        &["find", "id:1", "--name", "Jane Doe"],
        &["find", "+15550100", "--external-id", "shop-1"],
    ] {
        assert_eq!(customer(&server, wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_customer_is_created_read_and_changed() {
    let server = served();
    let create = [
        "create",
        "--name",
        "Sam Poe",
        "--email",
        "sam@example.com",
        "--phone",
        "+1 555 0100",
    ];
    let made = customer(&server, &create).json();
    let id = made["id"].to_string();
    let found = customer(&server, &["find", "+1 (555) 0100"]).json();
    assert_eq!(found[0]["id"], made["id"]);
    assert_eq!(customer(&server, &["find", "+15550199"]).json(), json!([]));
    let read = customer(&server, &["get", &id]).json();
    assert_eq!(read["email"], "sam@example.com");
    let mut channels: Vec<_> = read["channels"]
        .as_array()
        .expect("channels")
        .iter()
        .map(|it| (it["type"].clone(), it["address"].clone()))
        .collect();
    channels.sort_by_key(|(kind, _)| kind.to_string());
    assert_eq!(
        channels,
        [
            (json!("email"), json!("sam@example.com")),
            (json!("phone"), json!("+15550100"))
        ]
    );

    customer(
        &server,
        &[
            "update",
            &id,
            "--name",
            "Samuel Poe",
            "--set",
            "timezone=Europe/Paris",
        ],
    )
    .json();
    let read = customer(&server, &["get", &id]).json();
    assert_eq!(read["name"], "Samuel Poe");
    assert_eq!(read["timezone"], "Europe/Paris");

    let outcome = customer(&server, &["create", "--email", "sam@example.com"]);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
}

#[test]
fn an_invalid_customer_is_not_sent() {
    for (arguments, said) in [
        (&["create", "--email", "no at"][..], "/email"),
        (&["create", "--phone", "5550100"], "phone number"),
        (&["create", "--set", "firstname=Sam"], "/firstname"),
        (&["update", "1"], "say what to change"),
        (&["merge", "1", "--into", "1", "--yes"], "itself"),
    ] {
        let outcome = run(&mut gorgias(
            &[&["customer"], arguments, &["--emulator"]].concat(),
        ));
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains(said), "{outcome:?}");
    }
}

#[test]
fn a_merge_needs_a_yes_and_names_both() {
    let server = served();
    let outcome = customer(&server, &["merge", "2", "--into", "1"]);
    assert_eq!(outcome.failed(), 2);
    assert!(
        outcome.stderr.contains(
            "the tickets and other data of customer 2, Jane Roe <roe@example.com> to customer 1, \
             Jane Doe <jane@example.com>"
        ),
        "{outcome:?}"
    );
    assert_eq!(customer(&server, &["get", "2"]).code, Some(0));

    let dry = customer(&server, &["merge", "2", "--into", "1", "--dry-run"]);
    assert_eq!(
        dry.stderr,
        "note: PUT /api/customers/merge?source_id=2&target_id=1\n"
    );
    assert_eq!(dry.stdout, "{\"name\":\"Jane Doe\"}\n");

    let merged = customer(&server, &["merge", "2", "--into", "1", "--yes"]).json();
    assert_eq!(merged["id"], 1);
    assert_eq!(merged["name"], "Jane Doe");
    assert_eq!(customer(&server, &["get", "2"]).failed(), 3);
}

#[test]
fn a_dry_run_prints_the_request_and_needs_no_account() {
    for (arguments, told, body) in [
        (
            &["create", "--email", "a@example.com"][..],
            "POST /api/customers",
            json!({"email": "a@example.com", "channels": [
                {"type": "email", "address": "a@example.com", "preferred": true}
            ]}),
        ),
        (
            &["update", "7", "--language", "fr"],
            "PUT /api/customers/7",
            json!({"language": "fr"}),
        ),
    ] {
        let outcome = run(&mut gorgias(
            &[&["customer"], arguments, &["--dry-run"]].concat(),
        ));
        assert_eq!(outcome.stderr, format!("note: {told}\n"));
        assert_eq!(outcome.json(), body);
    }
}

/// An emulator with two customers, to which something happens once.
fn faulty(rule: &str) -> Served {
    Served::start(&["--load", two_customers().path(), "--fault", rule])
}

#[test]
fn a_customer_whose_answer_was_lost_is_looked_for() {
    let lost = "note: the answer was lost, and a customer with this address or external id was \
                found afterwards";
    let (email, phone) = (["--email", "sam@example.com"], ["--phone", "+1 555 0100"]);
    for (who, applied, settle_time) in [
        (email, "applied=at-once", "1"),
        (email, "applied=1s", "3"),
        (phone, "applied=at-once,twice", "1"),
    ] {
        let server = faulty(&format!("F7,operation=create_customer,{applied}"));
        let create = ["create", "--name", "Sam Poe", "--settle-time", settle_time];
        let outcome = customer(&server, &[&create[..], &who].concat());
        assert_eq!(outcome.json()["name"], "Sam Poe");
        assert!(outcome.stderr.starts_with(lost), "{outcome:?}");
    }
}

#[test]
fn a_customer_that_is_not_found_is_in_doubt_and_not_sent_again() {
    let server = faulty("F7,operation=create_customer,applied=never");
    let outcome = customer(
        &server,
        &["create", "--email", "sam@example.com", "--settle-time", "1"],
    );
    assert_eq!(outcome.failed(), 4);
    assert!(
        outcome
            .stderr
            .contains("gorgias customer find 'sam@example.com'"),
        "{outcome:?}"
    );
    assert_eq!(
        customer(&server, &["find", "sam@example.com"]).json(),
        json!([])
    );
}

#[test]
fn a_lost_answer_leaves_it_in_doubt() {
    let server = Canned::answering(reply("503 Service Unavailable", "", ""));
    for (arguments, hint) in [
        (
            &["create", "--email", "a@example.com", "--settle-time", "0"][..],
            "gorgias customer find 'a@example.com'",
        ),
        (
            &["create", "--external-id", "shop-7"],
            "gorgias customer find --external-id 'shop-7'",
        ),
        (&["update", "7", "--name", "x"], "gorgias customer get 7"),
    ] {
        let outcome = run_at(server.base_url(), &[&["customer"], arguments].concat());
        assert_eq!(outcome.failed(), 4, "{outcome:?}");
        assert!(outcome.stderr.contains("hint: look "), "{outcome:?}");
        assert!(outcome.stderr.contains(hint), "{outcome:?}");
    }
}
