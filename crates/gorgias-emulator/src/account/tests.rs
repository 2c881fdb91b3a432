//! Tests of operations that the embedded document doesn't have, and of files
//! that are served back.

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Account, Settings};
use crate::auth::Accounts;
use crate::clock::Clock;
use crate::document::{Document, EMBEDDED};
use crate::store::{Store, TicketPolicy};
use crate::strictness::Strictness;

/// Makes an account whose document also has operations to archive tickets and
/// drop drafts.
fn account() -> Account {
    let mut document: Value = serde_json::from_str(EMBEDDED).unwrap();
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}});
    let reason = json!({"type": "object", "required": ["reason"], "additionalProperties": false,
        "properties": {"reason": {"type": "string"}}});
    document["paths"]["/api/tickets/{id}/archive"] = json!({"post": {
        "operationId": "archive_ticket",
        "parameters": [id, {"name": "x-why", "in": "header", "schema": {"type": "integer"}}],
        "requestBody": {"required": true, "content": {"application/json": {"schema": reason}}},
        "responses": {"201": {"description": "Archived."}},
    }});
    document["paths"]["/api/tickets/{id}/draft"] = json!({"delete": {
        "operationId": "drop_draft", "parameters": [id],
        "responses": {"204": {"description": "Dropped."}},
    }});
    let document = Document::compile(document, Strictness::strict()).unwrap();
    let settings = Settings {
        document: document.into(),
        clock: Clock::manual(Clock::EPOCH),
        accounts: Accounts::default(),
        strictness: Strictness::strict(),
        max_body: 1000,
        hook: None,
    };
    let store = Store::new(0, TicketPolicy::default());
    Account::new(settings, store, None, 0, 10)
}

#[test]
fn an_operation_that_is_not_served_is_checked_and_then_says_so() {
    let account = account();
    let archive = "/api/tickets/7/archive";
    for (method, path, why, body, status) in [
        (Method::POST, archive, "1", r#"{"reason": "done"}"#, 501),
        (Method::POST, archive, "no", r#"{"reason": "done"}"#, 400),
        (Method::POST, archive, "1", r#"{"why": "done"}"#, 400),
        (
            Method::POST,
            "/api/tickets/x/archive",
            "1",
            r#"{"reason": "done"}"#,
            400,
        ),
        (Method::GET, archive, "1", "", 405),
        (Method::DELETE, "/api/tickets/7/draft", "1", "", 501),
        (Method::DELETE, "/api/tickets/7/drafts", "1", "", 404),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", "Bearer token")
            .header("content-type", "application/json")
            .header("x-why", why)
            .body(Bytes::from(body))
            .unwrap();
        assert_eq!(
            account.run(&request).status().as_u16(),
            status,
            "{path} {body}"
        );
    }
    let exchanges = account.log().newest();
    let operation = exchanges[0].operation.as_deref();
    assert_eq!(operation, Some("archive_ticket"));
    let request = Request::delete("/api/tickets/7/draft")
        .header("authorization", "Bearer token")
        .body(Bytes::new())
        .unwrap();
    let response = account.run(&request);
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        body,
        json!({"error": {"msg": "The emulator does not serve drop_draft."}})
    );
}

#[test]
fn an_uploaded_file_is_served_back_at_its_address() {
    let account = account();
    let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.txt\"\r\n\
                Content-Type: text/plain\r\n\r\nHello\r\n--x--\r\n";
    let upload = |content_type: &str, body: &'static str| {
        let request = Request::post("/api/upload")
            .header("authorization", "Bearer token")
            .header("host", "127.0.0.1:8080")
            .header("content-type", content_type);
        account.run(&request.body(Bytes::from(body)).unwrap())
    };
    let multipart = "multipart/form-data; boundary=x";
    let response = upload(multipart, form);
    assert_eq!(response.status(), StatusCode::CREATED);
    let files: Value = serde_json::from_slice(response.body()).unwrap();
    let address = files[0]["url"].as_str().unwrap();
    assert_eq!(
        files,
        json!([{"content_type": "text/plain", "name": "a b.txt", "size": 5, "url": address}])
    );
    let path = address.strip_prefix("http://127.0.0.1:8080").unwrap();
    let file = account.run(&Request::get(path).body(Bytes::new()).unwrap());
    assert_eq!(
        (file.status(), &file.body()[..]),
        (StatusCode::OK, &b"Hello"[..])
    );
    assert_eq!(file.headers()["content-type"], "text/plain");
    let other = path.replace("files/", "files/9");
    let nothing = account.run(&Request::get(other).body(Bytes::new()).unwrap());
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
    assert_eq!(upload("application/json", "{}").status(), 415);
    assert_eq!(upload(multipart, "--x--").status(), 400);
}
