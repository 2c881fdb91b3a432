//! Operations that the document has and the emulator does not serve.

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Account, Parts};
use crate::auth::Accounts;
use crate::clock::Clock;
use crate::document::{Document, EMBEDDED};
use crate::ids::RequestIds;
use crate::log::ExchangeLog;
use crate::store::{Behaviour, Store};
use crate::strictness::{Strictness, UnknownTags};

/// An account whose document can also archive tickets and drop drafts.
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
    let behaviour = Behaviour {
        enriches: false,
        unknown_tags: UnknownTags::Created,
        quota: None,
    };
    Account::new(Parts {
        document: Document::compile(&document, Strictness::strict())
            .unwrap()
            .into(),
        clock: Clock::manual(Clock::EPOCH),
        accounts: Accounts::default(),
        strictness: Strictness::strict(),
        max_body: 1000,
        hook: None,
        store: Store::new(0, behaviour),
        limiter: None,
        request_ids: RequestIds::new(0),
        log: ExchangeLog::new(10),
    })
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
