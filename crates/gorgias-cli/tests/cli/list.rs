//! `ticket list`.

use serde_json::{Value, json};

use crate::support::{Canned, Served, TempFile, gorgias, reply, run, run_at};

/// A file with tickets 1 to `count` of two customers.
pub(crate) fn store(count: usize) -> TempFile {
    let tickets: Vec<_> = (1..=count)
        .map(|id| {
            json!({
                "id": id,
                "subject": format!("Ticket {id}: {}", "x".repeat(400)),
                "external_id": format!("order-{}", id % 100),
                "created_datetime": format!("2026-01-01T{:02}:{:02}:00Z", id / 60 % 24, id % 60),
                "customer": {"id": 1000 + id % 2, "email": format!("c{}@example.com", id % 2)},
            })
        })
        .collect();
    TempFile::new(json!(tickets).to_string())
}

fn ids(list: &Value) -> Vec<i64> {
    let tickets = list.as_array().expect("an array");
    tickets
        .iter()
        .map(|ticket| ticket["id"].as_i64().expect("an id"))
        .collect()
}

#[test]
fn every_page_is_read() {
    let store = store(250);
    let mut server = Served::start(&["--load", store.path()]);
    let order = ["ticket", "list", "--order-by", "created_datetime:asc"];
    let all = run_at(server.base_url(), &order).json();
    assert_eq!(ids(&all), (1..=250).collect::<Vec<_>>());
    for page in 1..=3 {
        let line = server.log_line();
        assert!(line.contains("limit=100"), "{line}");
        assert!(line.contains("order_by=created_datetime"), "{line}");
        assert_eq!(line.contains("cursor="), page > 1, "{line}");
    }
    let (_, rest) = server.stop("TERM");
    assert_eq!(rest, "");
}

#[test]
fn the_limit_is_of_tickets_and_not_of_pages() {
    let store = store(250);
    let mut server = Served::start(&["--load", store.path()]);
    for (limit, pages) in [("1", 1), ("100", 1), ("101", 2), ("240", 3), ("1000", 3)] {
        let list = [
            "ticket",
            "list",
            "--order-by",
            "created_datetime:asc",
            "--limit",
            limit,
        ];
        let found = ids(&run_at(server.base_url(), &list).json());
        let expected = limit.parse::<i64>().unwrap().min(250);
        assert_eq!(found, (1..=expected).collect::<Vec<_>>(), "{limit}");
        for _ in 0..pages {
            assert!(server.log_line().contains(" 200 GET "));
        }
    }
    let (_, rest) = server.stop("TERM");
    assert_eq!(rest, "");
}

#[test]
fn filters_are_passed_on() {
    let store = store(250);
    let list = |more: &[&str]| {
        let all = ["ticket", "list", "--emulator", "--load", store.path()];
        ids(&run(&mut gorgias(&[&all[..], more].concat())).json())
    };
    assert_eq!(list(&["--external-id", "order-7"]), [207, 107, 7]);
    assert_eq!(list(&["--external-id", "ORDER-7"]), [] as [i64; 0]);
    assert_eq!(list(&["--customer-id", "1001"]).len(), 125);
    assert_eq!(list(&["--limit", "3"]), [250, 249, 248]);
    assert_eq!(list(&["--trashed", "false", "--limit", "1"]), [250]);
}

#[test]
fn wrong_parameters_are_refused_before_anything_is_sent() {
    for (more, said) in [
        (["--order-by", "subject:asc"], "order_by"),
        (["--external-id", ""], "external_id"),
        (["--customer-id", "0"], "customer_id"),
    ] {
        let outcome = run(&mut gorgias(
            &[&["ticket", "list", "--emulator"], &more[..]].concat(),
        ));
        assert_eq!(outcome.failed(), 2, "{outcome:?}");
        assert!(outcome.stderr.contains(said), "{outcome:?}");
    }
}

#[test]
fn tickets_are_printed_one_per_line_as_they_came() {
    let page = r#"{"data":[{"id":1, "n": 1.0},{"id":2,"big":123456789012345678901234567890}],
        "meta":{"next_cursor":null}}"#;
    let json = "content-type: application/json\r\n";
    let server = Canned::answering(reply("200 OK", json, page));
    let outcome = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(
        outcome.stdout,
        "[\n{\"id\":1, \"n\": 1.0},\n{\"id\":2,\"big\":123456789012345678901234567890}\n]\n"
    );
}

#[test]
fn a_list_that_leads_back_ends() {
    let page = r#"{"data":[{"id":1}],"meta":{"next_cursor":"again"}}"#;
    let json = "content-type: application/json\r\n";
    let server = Canned::answering(reply("200 OK", json, page));
    let outcome = run_at(server.base_url(), &["ticket", "list"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    // Not closed, so that nothing takes it for the whole.
    assert_eq!(outcome.stdout, "[\n{\"id\":1}");
}
