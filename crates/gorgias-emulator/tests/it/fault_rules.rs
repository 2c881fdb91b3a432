//! Tests of the conditions of rules.

use gorgias_emulator::{Emulator, Fault, FaultRule};
use serde_json::json;

use crate::support::{creating, from_customer, get, unlimited};

fn rule(text: &str) -> FaultRule {
    text.parse().unwrap()
}

/// Creates tickets with these external ids, and returns the statuses, 0 for a
/// lost answer.
async fn creates(emulator: &Emulator, external_ids: &[&str]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for external_id in external_ids {
        let body = from_customer("jane@example.com", json!({ "external_id": external_id }));
        let end = emulator.handle(creating(&body)).await;
        statuses.push(end.map_or(0, |response| response.status().as_u16()));
    }
    statuses
}

#[tokio::test]
async fn rules_without_conditions_are_a_queue() {
    let emulator = unlimited();
    emulator.inject(Fault::named("H6-502").unwrap());
    emulator.inject(Fault::named("F7").unwrap());
    emulator.inject(rule("H9,times=2"));
    let statuses = creates(&emulator, &["a"; 6]).await;
    assert_eq!(statuses, [502, 0, 401, 401, 201, 201]);
}

#[tokio::test]
async fn the_nth_request_is_counted_among_those_a_rule_is_about() {
    let emulator = unlimited();
    emulator.inject(rule("H6,nth=2,operation=create_ticket"));
    get(&emulator, "/api/tickets").await;
    assert_eq!(creates(&emulator, &["a"; 3]).await, [201, 500, 201]);
    let faults = emulator.faults();
    assert_eq!((faults[0].seen, faults[0].happened), (3, 1));
}

#[tokio::test]
async fn an_external_id_picks_creates_and_lists() {
    let emulator = unlimited();
    emulator.inject(rule("H6,external-id=b,times=always"));
    assert_eq!(creates(&emulator, &["a", "b", "c"]).await, [201, 500, 201]);
    let status = async |query: &str| {
        let path = format!("/api/tickets?{query}");
        get(&emulator, &path).await.status.as_u16()
    };
    assert_eq!(status("external_id=a").await, 200);
    assert_eq!(status("limit=5&external_id=b").await, 500);
}

#[tokio::test]
async fn chance_follows_from_the_seed() {
    let run = async |seed| {
        let builder = Emulator::builder().limit(None).seed(seed);
        let emulator = crate::support::build(builder);
        emulator.inject(rule("H6,probability=0.3"));
        creates(&emulator, &["a"; 100]).await
    };
    let first = run(1).await;
    let failed = first.iter().filter(|&&status| status == 500).count();
    assert!((15..=45).contains(&failed), "{failed}");
    assert_eq!(first, run(1).await);
    assert_ne!(first, run(2).await);
}

#[tokio::test]
async fn faults_are_taken_back() {
    let emulator = unlimited();
    let first = emulator.inject(rule("H6,times=always"));
    emulator.inject(rule("H9,times=always"));
    assert_eq!(creates(&emulator, &["a"]).await, [500]);
    assert!(emulator.remove_fault(first));
    assert!(!emulator.remove_fault(first));
    assert_eq!(creates(&emulator, &["a"]).await, [401]);
    emulator.clear_faults();
    assert_eq!(creates(&emulator, &["a"]).await, [201]);
}
