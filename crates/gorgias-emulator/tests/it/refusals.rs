//! Tests of the answers to requests that are unauthenticated, not found or
//! invalid.

use bytes::Bytes;
use gorgias_emulator::{
    EmailSource, Emulator, ErrorData, Presence, RateLimit, Strictness, UnknownKeys,
};
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::support::{
    build, call, create, from_customer, get, minimal, post, request, send, unlimited,
};

/// The 404 page recorded for an unknown path.
const PAGE: &str = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n\
    <p>The requested URL was not found on the server. If you entered the URL manually please check \
    your spelling and try again.</p>\n";

async fn authorized(emulator: &Emulator, authorization: Option<&str>) -> crate::support::Reply {
    let mut request = Request::get("/api/tickets");
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    send(emulator, request.body(Bytes::new()).unwrap()).await
}

#[tokio::test]
async fn without_credentials_nothing_is_let_in() {
    let emulator = unlimited();
    // The last three are ":", "a:" and "no colon".
    for authorization in [
        None,
        Some("Bearer "),
        Some("Digest x"),
        Some("Basic Og=="),
        Some("Basic YTo="),
        Some("Basic bm8gY29sb24="),
    ] {
        let reply = authorized(&emulator, authorization).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{authorization:?}");
        assert!(reply.message().starts_with("401 Unauthorized: "));
    }
    // "a:b"
    for authorization in ["Bearer x", "bearer x", "Basic YTpi"] {
        let reply = authorized(&emulator, Some(authorization)).await;
        assert_eq!(reply.status, StatusCode::OK, "{authorization}");
    }
}

#[tokio::test]
async fn pinned_credentials_are_the_only_ones() {
    let emulator = build(
        Emulator::builder()
            .credentials("a", "b")
            .access_token("secret"),
    );
    for (authorization, status) in [
        ("Basic YTpi", StatusCode::OK),
        ("Basic YTpj", StatusCode::UNAUTHORIZED),
        ("Bearer secret", StatusCode::OK),
        ("Bearer other", StatusCode::UNAUTHORIZED),
    ] {
        let reply = authorized(&emulator, Some(authorization)).await;
        assert_eq!(reply.status, status, "{authorization}");
    }
    let reply = authorized(&emulator, Some("Bearer other")).await;
    assert_eq!(
        reply.json(),
        json!({"error": {"msg":
            "401 Unauthorized: No user found matching the \"sub\" claim of the token."}})
    );
}

#[tokio::test]
async fn a_path_that_leads_nowhere_is_a_page() {
    let emulator = unlimited();
    for path in ["/api/tickets/1/2/3/4", "/api/ticket", "/"] {
        let reply = get(&emulator, path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(
            reply.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(reply.body, PAGE);
    }
}

#[tokio::test]
async fn a_missing_ticket_is_an_error_in_json() {
    let reply = get(&unlimited(), "/api/tickets/1").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert_eq!(
        reply.json(),
        json!({"error": {"msg": "Resource not found."}})
    );
}

#[tokio::test]
async fn an_id_that_is_no_id_is_refused() {
    let reply = get(&unlimited(), "/api/tickets/first").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(reply.data(), json!({"id": ["Must be an integer."]}));
}

#[tokio::test]
async fn a_method_that_is_not_there_is_named() {
    let request = request(Method::TRACE, "/api/tickets")
        .body(Bytes::new())
        .unwrap();
    let reply = send(&unlimited(), request).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.header("allow"), Some("GET, POST"));
    assert_eq!(
        reply.json(),
        json!({"error": {"msg": "The specified HTTP method is not allowed."}})
    );
}

#[tokio::test]
async fn what_the_service_has_and_the_emulator_does_not_says_so() {
    for (method, path, id) in [
        (Method::GET, "/api/macros", "list_macros"),
        (Method::PUT, "/api/macros/archive/", "bulk_archive_macros"),
        (Method::GET, "/api/rules/7?limit=1", "get_rule"),
        (Method::POST, "/api/users", "create_user"),
        (Method::PUT, "/api/views/0/items", "update_view_items"),
        (Method::POST, "/api/stats/overview", "get_legacy_statistic"),
    ] {
        let request = request(method, path).body(Bytes::new()).unwrap();
        let reply = send(&unlimited(), request).await;
        assert_eq!(reply.status, StatusCode::NOT_IMPLEMENTED, "{path}");
        let message = format!("The emulator does not serve {id}.");
        assert_eq!(reply.json(), json!({"error": {"msg": message}}));
    }
    for (method, path, status) in [
        (Method::GET, "/api/macro", 404),
        (Method::GET, "/api/macros/7/8", 404),
        (Method::PATCH, "/api/tickets/7", 405),
        (Method::DELETE, "/api/custom-fields/7", 405),
    ] {
        let request = request(method, path).body(Bytes::new()).unwrap();
        let reply = send(&unlimited(), request).await;
        assert_eq!(reply.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_makes_no_difference() {
    let emulator = unlimited();
    let ticket = create(&emulator, &minimal()).await;
    let reply = get(&emulator, ticket["uri"].as_str().unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_has_to_be_json_and_say_so() {
    let emulator = build(Emulator::builder().max_body(1000));
    let send = async |content_type: Option<&str>, body: String| {
        let mut request = request(Method::POST, "/api/tickets");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let reply = send(&emulator, request.body(Bytes::from(body)).unwrap()).await;
        assert_eq!(
            reply.status.is_success(),
            reply.json().get("error").is_none()
        );
        reply.status
    };
    let body = || minimal().to_string();
    let json = Some("application/json");
    assert_eq!(send(json, body()).await, StatusCode::CREATED);
    assert_eq!(send(None, body()).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let plain = send(Some("text/plain"), body()).await;
    assert_eq!(plain, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for broken in ["", "{", "nul"] {
        let status = send(json, broken.to_owned()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{broken}");
    }
    let large = " ".repeat(1000) + &body();
    assert_eq!(send(json, large).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_violation_is_reported_where_it_is() {
    let emulator = unlimited();
    let body = json!({
        "subject": "x".repeat(999),
        "status": "pending",
        "priority": null,
        "created_datetime": "2026-01-26T14:02:00",
        "urgency": 1,
        "customer": {"id": "5"},
        "tags": ["vip"],
        "messages": [
            {"via": "api", "from_agent": "no", "attachments": [{"url": "file1.png", "name": "a"}]},
            {"channel": "api", "via": "gorgias_chat", "from_agent": false}
        ]
    });
    let reply = post(&emulator, &body).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(reply.message(), "Failed to create ticket");
    let data = reply.data();
    let at = |pointer: &str| {
        let messages = data.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
        messages[0].as_str().expect("a message").to_owned()
    };
    assert_eq!(at("/subject"), "Must be at most 998 characters long.");
    assert_eq!(at("/status"), "Must be one of: open, closed.");
    assert_eq!(at("/priority"), "Must not be null.");
    assert!(at("/created_datetime").contains("RFC 3339"));
    assert_eq!(at("/urgency"), "This field is not known.");
    assert_eq!(at("/customer/id"), "Must be an integer or null.");
    assert_eq!(at("/tags/0"), "Must be an object.");
    assert_eq!(
        at("/messages/0/channel"),
        "Missing data for required field."
    );
    assert_eq!(at("/messages/0/from_agent"), "Must be a boolean.");
    assert_eq!(
        at("/messages/0/attachments/0/url"),
        "Must be an absolute URL."
    );
    assert_eq!(
        at("/messages/0/attachments/0/content_type"),
        "Missing data for required field."
    );
    assert!(at("/messages/1/via").starts_with("Must be one of: aircall, api, "));
    assert_eq!(emulator.ticket_count(), 0);
}

#[tokio::test]
async fn an_integer_has_64_bits() {
    let emulator = unlimited();
    let refused = [
        "-9223372036854775809",
        "-1e19",
        "9223372036854775808",
        "1e19",
    ];
    let accepted = ["-9223372036854775808", "-1", "9223372036854775807"];
    for id in refused.into_iter().chain(accepted) {
        let id: Value = serde_json::from_str(id).unwrap();
        let message = json!({"channel": "api", "from_agent": true, "mention_ids": [id]});
        let reply = post(&emulator, &json!({ "messages": [message] })).await;
        let is_accepted = reply.status == StatusCode::CREATED;
        assert_eq!(is_accepted, id.is_i64(), "{id}");
    }
}

#[tokio::test]
async fn a_ticket_has_between_one_and_five_hundred_messages() {
    let emulator = unlimited();
    let with = |count: usize| {
        let mut body = minimal();
        let message = body["messages"][0].clone();
        body["messages"] = Value::Array(vec![message; count]);
        body
    };
    assert_eq!(
        post(&emulator, &with(500)).await.status,
        StatusCode::CREATED
    );
    for (count, message) in [
        (0, "Must have at least 1 items."),
        (501, "Must have at most 500 items."),
    ] {
        let reply = post(&emulator, &with(count)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert_eq!(reply.data(), json!({"messages": [message]}));
    }
    let reply = post(&emulator, &json!([])).await;
    assert_eq!(reply.data(), json!({"_schema": ["Must be an object."]}));
}

#[tokio::test]
async fn the_shape_of_error_data_is_a_switch() {
    let body = json!({"messages": [{"via": "api", "from_agent": false}]});
    for (shape, data) in [
        (
            ErrorData::Nested,
            json!({"messages": {"0": {"channel": ["Missing data for required field."]}}}),
        ),
        (
            ErrorData::Dotted,
            json!({"messages.0.channel": ["Missing data for required field."]}),
        ),
        (ErrorData::Absent, Value::Null),
    ] {
        let strictness = Strictness::strict()
            .ticket_via(Presence::Optional)
            .error_data(shape);
        let emulator = build(Emulator::builder().strictness(strictness));
        assert_eq!(post(&emulator, &body).await.data(), data);
    }
}

#[tokio::test]
async fn what_is_not_known_of_the_service_is_a_switch() {
    let no_ticket_via =
        json!({"messages": [{"channel": "api", "via": "api", "from_agent": false}]});
    let no_message_via =
        json!({"via": "api", "messages": [{"channel": "api", "from_agent": false}]});
    let with = |key: &str, value: Value| {
        let mut body = minimal();
        body[key] = value;
        body
    };
    let cases = [
        (
            Strictness::strict().ticket_via(Presence::Required),
            Strictness::strict().ticket_via(Presence::Optional),
            no_ticket_via,
        ),
        (
            Strictness::strict().message_via(Presence::Required),
            Strictness::strict().message_via(Presence::Optional),
            no_message_via,
        ),
        (
            Strictness::strict(),
            Strictness::strict().email_source(EmailSource::AsDocumented),
            json!({"messages": [{"channel": "email", "from_agent": false,
                "sender": {"email": "jane@example.com"}}]}),
        ),
        (
            Strictness::strict(),
            Strictness::strict().unknown_keys(UnknownKeys::Ignored),
            with("id", json!(5)),
        ),
        (
            Strictness::strict(),
            Strictness::strict().accept_tags_as_strings(true),
            with("tags", json!(["vip"])),
        ),
        (
            Strictness::strict(),
            Strictness::strict().accept_naive_datetimes(true),
            with("created_datetime", json!("2026-01-26T14:02:00.384938")),
        ),
    ];
    for (strict, lenient, body) in cases {
        for (strictness, status) in [
            (strict, StatusCode::BAD_REQUEST),
            (lenient, StatusCode::CREATED),
            (Strictness::lenient(), StatusCode::CREATED),
        ] {
            let emulator = build(Emulator::builder().strictness(strictness));
            let reply = post(&emulator, &body).await;
            assert_eq!(reply.status, status, "{body} {strictness:?}");
        }
    }
}

#[tokio::test]
async fn an_e_mail_has_to_say_where_it_came_from_and_went() {
    let message =
        |source: &Value| json!({"channel": "email", "from_agent": false, "source": source});
    let missing = || json!(["Missing data for required field."]);
    let address = json!({"address": "jane@example.com"});
    let emulator = unlimited();
    let created = create(&emulator, &minimal()).await;
    let messages = format!("/api/tickets/{}/messages", created["id"]);
    for (source, data) in [
        (Value::Null, json!(["Must not be null."])),
        (
            json!({"type": "email", "from": address}),
            json!({"to": missing()}),
        ),
        (
            json!({"from": {"name": "Jane"}, "to": []}),
            json!({"type": missing(), "from": {"address": missing()}, "to": ["Must have at least 1 items."]}),
        ),
        (
            json!({"type": "email", "from": {"address": null}, "to": [{"name": "Jane"}]}),
            json!({"from": {"address": ["Must not be null."]}, "to": {"0": {"address": missing()}}}),
        ),
    ] {
        let message = message(&source);
        let reply = post(&emulator, &json!({ "messages": [message] })).await;
        assert_eq!(
            reply.data(),
            json!({"messages": {"0": {"source": data}}}),
            "{source}"
        );
        let reply = call(&emulator, Method::POST, &messages, &message).await;
        assert_eq!(reply.data(), json!({ "source": data }), "{source}");
    }
    let without = json!({"messages": [{"channel": "email", "from_agent": false}]});
    let reply = post(&emulator, &without).await;
    assert_eq!(
        reply.data(),
        json!({"messages": {"0": {"source": missing()}}})
    );
    let full = json!({"type": "email", "from": address, "to": [address]});
    create(&emulator, &json!({"messages": [message(&full)]})).await;
    // The channel of the ticket itself doesn't need a source.
    let mut body = minimal();
    body["channel"] = json!("email");
    create(&emulator, &body).await;
}

#[tokio::test]
async fn an_ignored_key_sets_nothing() {
    let strictness = Strictness::lenient();
    let emulator = build(Emulator::builder().strictness(strictness));
    let mut body = minimal();
    body["id"] = json!(5);
    body["is_unread"] = json!(false);
    body["tags"] = json!(["vip", {"name": "late", "id": 7}]);
    body["messages"][0]["id"] = json!(6);
    let ticket = create(&emulator, &body).await;
    assert_ne!(ticket["id"], 5);
    assert_ne!(ticket["messages"][0]["id"], 6);
    assert_ne!(ticket["tags"][1]["id"], 7);
    assert_eq!(ticket["is_unread"], true);

    let path = format!("/api/tickets/{}", ticket["id"]);
    let changes = json!({"imported": true, "created_datetime": "2020-01-01T00:00:00Z"});
    let changed = call(&emulator, Method::PUT, &path, &changes).await.json();
    assert_eq!(changed["imported"], false);
    assert_eq!(changed["created_datetime"], ticket["created_datetime"]);
}

#[tokio::test]
async fn a_used_up_quota_is_a_403_with_the_recorded_message() {
    let emulator = build(Emulator::builder().messaging_quota(1));
    create(&emulator, &minimal()).await;
    let reply = post(&emulator, &minimal()).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(
        reply.message(),
        "You do not have enough permissions to perform this action. Messaging quota exceeded."
    );
    assert_eq!(get(&emulator, "/api/tickets").await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn beyond_the_limit_the_answer_is_429_until_the_wait_is_over() {
    let limit = RateLimit::new(3, std::time::Duration::from_secs(3));
    let emulator = build(Emulator::builder().limit(limit));
    for used in 1..=3 {
        let reply = get(&emulator, "/api/tickets").await;
        let level = format!("{used}/3");
        let header = reply.header("x-gorgias-account-api-call-limit");
        assert_eq!(header, Some(level.as_str()));
        assert_eq!(reply.header("retry-after"), None);
    }
    let reply = post(&emulator, &minimal()).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert!(!reply.message().is_empty());
    assert_eq!(emulator.ticket_count(), 0);
    assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 1);
    tokio::time::advance(std::time::Duration::from_secs(1)).await;
    assert_eq!(
        post(&emulator, &minimal()).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn every_answer_says_the_level_and_has_an_id() {
    let emulator = build(Emulator::builder());
    let mut ids = std::collections::BTreeSet::new();
    let nobody = Request::get("/api/tickets").body(Bytes::new()).unwrap();
    let replies = [
        (get(&emulator, "/api/tickets").await, "1/40"),
        (get(&emulator, "/api/tickets/1").await, "2/40"),
        (get(&emulator, "/nowhere").await, "3/40"),
        (post(&emulator, &json!({})).await, "4/40"),
        (send(&emulator, nobody).await, "4/40"),
    ];
    for (reply, level) in replies {
        let header = reply.header("x-gorgias-account-api-call-limit");
        assert_eq!(header, Some(level));
        let id = reply.header("x-request-id").expect("a request id");
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        ids.insert(id.to_owned());
    }
    assert_eq!(ids.len(), 5);
}

#[tokio::test]
async fn the_log_has_everything_but_secrets() {
    let lines = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&lines);
    let emulator = build(
        Emulator::builder()
            .clock(gorgias_emulator::Clock::manual(
                gorgias_emulator::Clock::EPOCH,
            ))
            .on_exchange(move |exchange| seen.lock().unwrap().push(exchange.to_string())),
    );
    let ticket = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    let request = Request::get("/api/tickets?limit=101")
        .header("authorization", "Basic YTpzZWNyZXQ=")
        .header("user-agent", "test/1.0")
        .body(Bytes::new())
        .unwrap();
    send(&emulator, request).await;
    let log = emulator.requests();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].ticket_id, ticket["id"].as_i64());
    assert_eq!(log[0].auth, gorgias_emulator::LoggedAuth::Bearer);
    assert_eq!(log[1].rate_limit, Some((2, 40)));
    assert!(!format!("{log:?}").contains("secret"));
    assert_eq!(
        *lines.lock().unwrap(),
        [
            "2026-01-05T09:00:00.000Z 201 POST /api/tickets \"-\"",
            "2026-01-05T09:00:00.000Z 400 GET /api/tickets?limit=101 \"test/1.0\""
        ]
    );
}

#[tokio::test]
async fn what_nobody_measured_of_addresses_is_a_switch() {
    let strict = unlimited();
    let lenient = Emulator::builder().strictness(Strictness::lenient());
    let lenient = build(lenient.limit(None));
    for emulator in [&strict, &lenient] {
        emulator.load(json!([{"id": 1}])).unwrap();
    }
    for (path, by_strict, by_lenient) in [
        ("/api//tickets/1", 404, 200),
        ("/api/tickets/1?verbose=1", 400, 200),
        ("/api/tickets?status=open", 400, 400),
    ] {
        assert_eq!(get(&strict, path).await.status, by_strict, "{path}");
        assert_eq!(get(&lenient, path).await.status, by_lenient, "{path}");
    }
}
