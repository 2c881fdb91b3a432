//! Tests of the commands to the emulator itself.

use gorgias_emulator::{Emulator, Server};
use serde_json::{Value, json};

use crate::support::{LOOPBACK, as_text, closing, create, exchange, minimal, unlimited};

async fn start() -> (Emulator, Server) {
    let emulator = unlimited();
    let server = emulator.serve_admin(LOOPBACK).await.unwrap();
    (emulator, server)
}

/// Sends a command, and returns the status and the body.
async fn send(server: &Server, method: &str, path: &str, body: &str) -> (u16, Value) {
    let request = as_text(method, &format!("/_emulator/{path}"), body);
    let answer = exchange(server.address(), &closing(&request)).await;
    let status = answer[9..12].parse().unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn faults_are_added_listed_and_taken_back() {
    let (emulator, server) = start().await;
    let rules = "F7,nth=2\n\nH6-502,operation=create_ticket\n";
    let added = send(&server, "POST", "faults", rules).await;
    assert_eq!(added, (201, json!([1, 2])));
    assert_eq!(
        send(&server, "GET", "faults", "").await.1[1],
        json!({"id": 2, "rule": "H6-502,operation=create_ticket", "seen": 0, "happened": 0})
    );
    assert_eq!(send(&server, "DELETE", "faults/1", "").await.0, 204);
    assert_eq!(send(&server, "DELETE", "faults/1", "").await.0, 404);
    assert_eq!(emulator.faults().len(), 1);
    assert_eq!(send(&server, "DELETE", "faults", "").await.0, 204);
    assert!(emulator.faults().is_empty());
}

#[tokio::test]
async fn one_bad_rule_refuses_all() {
    let (emulator, server) = start().await;
    let (status, body) = send(&server, "POST", "faults", "F7\nF99").await;
    assert_eq!(status, 400);
    assert_eq!(
        body["error"]["msg"],
        "F99: not a rule: there is no fault \"F99\"."
    );
    assert!(emulator.faults().is_empty());
}

#[tokio::test]
async fn the_catalogue_the_state_and_the_log_are_shown() {
    let (emulator, server) = start().await;
    let ticket = create(&emulator, &minimal()).await;
    let catalogue = send(&server, "GET", "catalogue", "").await.1;
    assert_eq!(catalogue[0]["name"], "connect-refused");
    assert_eq!(catalogue[0]["faithful"], true);
    let state = send(&server, "GET", "state", "").await.1;
    assert_eq!(state["tickets"][0]["id"], ticket["id"]);
    let log = send(&server, "GET", "requests", "").await.1;
    assert_eq!(log[0]["ticket_id"], ticket["id"]);
    assert_eq!(log[0]["status"], 201);
    assert_eq!(send(&server, "GET", "else", "").await.0, 404);
    // A command doesn't count as a request.
    assert_eq!(emulator.request_count(), 1);
}

#[tokio::test]
async fn tickets_of_an_earlier_run_are_added() {
    let (emulator, server) = start().await;
    let earlier = unlimited();
    create(&earlier, &minimal()).await;
    let state = send(&server, "POST", "state", &earlier.dump().to_string()).await;
    assert_eq!(state, (201, json!({"tickets": 1})));
    let more = json!([{"id": 7, "external_id": "order-7"}]).to_string();
    assert_eq!(send(&server, "POST", "state", &more).await.0, 201);
    emulator.assert_ticket("order-7");
    assert_eq!(emulator.ticket_count(), 2);

    let (status, body) = send(&server, "POST", "state", &more).await;
    assert_eq!(status, 400);
    assert_eq!(
        body["error"]["msg"],
        "nothing was loaded: /0/id: This id is already taken."
    );
    assert_eq!(send(&server, "POST", "state", "{").await.0, 400);
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn an_outage_is_switched_off_by_its_number() {
    let (emulator, server) = start().await;
    let rule = "502,applied=when-over,times=always";
    let (_, ids) = send(&server, "POST", "faults", rule).await;
    let reply = crate::support::post(&emulator, &minimal()).await;
    assert_eq!((reply.status.as_u16(), emulator.ticket_count()), (502, 0));
    let path = format!("faults/{}", ids[0]);
    assert_eq!(send(&server, "DELETE", &path, "").await.0, 204);
    assert_eq!(emulator.ticket_count(), 1);
}

#[tokio::test]
async fn commands_and_the_service_have_ports_of_their_own() {
    let (emulator, admin) = start().await;
    let service = emulator.serve(LOOPBACK).await.unwrap();
    assert_ne!(admin.address().port(), service.address().port());
    for path in ["state", "requests", "faults", "catalogue"] {
        let (status, body) = send(&service, "GET", path, "").await;
        assert!(matches!(status, 401 | 404), "{path}: {status}");
        assert!(body.get("tickets").is_none());
    }
    let (status, _) = send(&admin, "GET", "../api/tickets", "").await;
    assert_eq!(status, 404);
    assert_eq!(send(&admin, "POST", "../api/tickets", "{}").await.0, 404);
    assert_eq!(emulator.ticket_count(), 0);
}

#[tokio::test]
async fn commands_are_taken_on_loopback_only_unless_allowed() {
    let error = unlimited()
        .serve_admin(([0, 0, 0, 0], 0))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
}
