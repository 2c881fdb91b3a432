//! `gorgias api` calls any operation.

use serde_json::json;

use crate::support::{Canned, TempFile, gorgias, reply, run, run_at};

const JSON: &str = "content-type: application/json\r\n";

#[test]
fn the_answer_is_printed_as_it_came() {
    let list = ["api", "GET", "/api/tickets", "--query", "limit=3"];
    let outcome = run(&mut gorgias(&[&list[..], &["--emulator"]].concat()));
    assert_eq!(outcome.json()["data"], json!([]));

    let server = Canned::answering(reply("200 OK", JSON, "{\"n\": 1.0}"));
    let get = [
        "api",
        "get",
        "/api/a%20b?x=1",
        "--query",
        "q=a b",
        "--query",
        "q=c=d",
    ];
    let outcome = run_at(server.base_url(), &get);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, "{\"n\": 1.0}\n");
    let head = server.request().head;
    assert!(
        head.starts_with("GET /api/a%20b?x=1&q=a+b&q=c%3Dd HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains("authorization: Basic "), "{head}");
}

#[test]
fn a_body_comes_from_a_file_and_from_members() {
    let server = Canned::answering(reply("204 No Content", "", ""));
    let file = TempFile::new("{\"a\" : 1.0}");
    let put = ["api", "PUT", "/api/x/1", "--body", file.path()];
    let outcome = run_at(server.base_url(), &put);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, "");
    let request = server.request();
    assert_eq!(request.body, b"{\"a\" : 1.0}");
    assert!(request.head.contains("content-type: application/json"));

    let set = ["--set", "b.0=two", "--set", "a=null"];
    run_at(server.base_url(), &[&put[..], &set].concat());
    assert_eq!(server.request().body, br#"{"a":null,"b":["two"]}"#);
}

#[test]
fn a_failed_write_says_what_became_of_it() {
    let delete = ["api", "DELETE", "/api/x/1"];
    for (status, code) in [
        ("400 Bad Request", 3),
        ("404 Not Found", 3),
        ("503 Service Unavailable", 4),
    ] {
        let server = Canned::answering(reply(status, JSON, "{}"));
        let outcome = run_at(server.base_url(), &delete);
        assert_eq!(outcome.failed(), code, "{outcome:?}");
    }
    let outcome = run_at("http://127.0.0.1:1", &delete);
    assert_eq!(outcome.failed(), 5, "{outcome:?}");
    let server = Canned::answering(reply("404 Not Found", JSON, "{}"));
    let outcome = run_at(server.base_url(), &["api", "GET", "/api/x/1"]);
    assert_eq!(outcome.failed(), 3, "{outcome:?}");
}

#[test]
fn a_dry_run_shows_what_would_be_sent_and_nothing_else() {
    let post = ["api", "POST", "/api/x", "--dry-run", "--query", "a=1"];
    let outcome = run(&mut gorgias(&[&post[..], &["--set", "b=2"]].concat()));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(outcome.stdout, "{\"b\":2}\n");
    assert_eq!(outcome.stderr, "note: POST /api/x?a=1\n");
}

#[test]
fn an_invalid_request_is_refused() {
    for arguments in [
        &["api", "GET", "https://example.com/api/x"][..],
        &["api", "GET", "//example.com/x"],
        &["api", "GET", "/api/../x"],
        &["api", "G T", "/api/x"],
        &["api", "GET", "/api/x", "--set", "a=1"],
        &["api", "GET", "/api/x", "--query", "a"],
        &["api", "POST", "/api/x", "--set", "a"],
    ] {
        for how in ["--dry-run", "--emulator"] {
            let outcome = run(&mut gorgias(&[arguments, &[how]].concat()));
            assert_eq!(outcome.failed(), 2, "{arguments:?}: {outcome:?}");
        }
    }
}
