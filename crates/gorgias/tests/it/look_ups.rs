//! What an answer of the service's list proves.

use gorgias::{ErrorKind, ExternalId, LookUp, RetryPolicy};
use serde_json::{Value, json};

use crate::support::{Script, Step, builder, json as answer};

fn id() -> ExternalId {
    "order-1".parse().unwrap()
}

fn ticket(id: i64, external_id: &str) -> Value {
    json!({"id": id, "external_id": external_id})
}

fn list(tickets: &[Value], next: Option<&str>) -> Value {
    json!({"data": tickets, "meta": {"next_cursor": next, "prev_cursor": null}})
}

/// What a look-up comes to whose requests are answered one after the other.
async fn looked_up(answers: &[Value]) -> (String, usize) {
    let steps = answers
        .iter()
        .map(|body| Step::Answer(answer(200, body.to_string())));
    let script = Script::new(steps);
    let once = RetryPolicy::none();
    let client = builder()
        .retry(once)
        .transport(script.clone())
        .build()
        .unwrap();
    let found = match client.tickets().look_up(&id()).await.unwrap() {
        LookUp::Found {
            ticket_id,
            duplicates,
        } => format!("found {ticket_id} {duplicates:?}"),
        LookUp::ProvenAbsent => "absent".to_owned(),
        LookUp::NoEvidence(reason) => format!("no evidence: {reason}"),
        other => panic!("{other:?}"),
    };
    (found, script.count())
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_list_proves_nothing() {
    for body in [
        json!({}),
        json!([]),
        json!(null),
        json!({"error": {"msg": "Maintenance."}}),
        json!({"status": "maintenance"}),
        json!({"data": null}),
        json!({"data": "none"}),
        json!({"data": {"0": ticket(7, "order-1")}}),
        json!({"tickets": [ticket(7, "order-1")]}),
    ] {
        let (found, requests) = looked_up(std::slice::from_ref(&body)).await;
        assert_eq!(
            found, "no evidence: the answer to the look-up is no list of tickets",
            "{body}"
        );
        assert_eq!(requests, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_that_can_not_be_read_proves_nothing() {
    for item in [
        json!(null),
        json!("order-1"),
        json!({"id": null, "external_id": "order-1"}),
        json!({"id": "x", "external_id": "order-1"}),
        json!({"external_id": "order-1"}),
        json!({"id": 7}),
        json!({"id": 7, "external_id": {"value": "order-1"}}),
    ] {
        let (found, _) = looked_up(&[list(std::slice::from_ref(&item), None)]).await;
        assert!(
            found.starts_with("no evidence: the list has a"),
            "{item}: {found}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_whole_list_proves_that_there_is_none() {
    for body in [json!({"data": []}), list(&[], None)] {
        assert_eq!(looked_up(&[body]).await, ("absent".to_owned(), 1));
    }
    // Another page may have it.
    let two = [list(&[], Some("b")), list(&[], None)];
    assert_eq!(looked_up(&two).await, ("absent".to_owned(), 2));
    let two = [list(&[], Some("b")), list(&[ticket(7, "order-1")], None)];
    assert_eq!(looked_up(&two).await, ("found 7 []".to_owned(), 2));
    let (found, _) = looked_up(&[list(&[], Some("b")), list(&[], Some("b"))]).await;
    assert!(
        found.starts_with("no evidence: the list leads back"),
        "{found}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_ticket_is_found_whatever_else_is_in_the_answer() {
    let own = ticket(7, "order-1");
    for items in [
        vec![own.clone()],
        vec![ticket(6, "Order-1"), own.clone()],
        vec![json!(null), own.clone()],
        vec![json!({"id": "7", "external_id": "order-1"})],
    ] {
        let (found, requests) = looked_up(&[list(&items, None)]).await;
        assert_eq!((found.as_str(), requests), ("found 7 []", 1), "{items:?}");
    }
    let three = [
        ticket(9, "order-1"),
        ticket(7, "order-1"),
        ticket(8, "order-1"),
    ];
    assert_eq!(looked_up(&[list(&three, None)]).await.0, "found 7 [8, 9]");
}

#[tokio::test(start_paused = true)]
async fn a_filter_that_does_not_fit_is_replaced_by_the_whole_list() {
    for other in [
        json!("Order-1"),
        json!("order-10"),
        json!(" order-1"),
        json!(1),
        json!(null),
    ] {
        let other = json!({"id": 5, "external_id": other});
        let unfit = list(std::slice::from_ref(&other), None);
        let absent = [
            unfit.clone(),
            list(std::slice::from_ref(&other), Some("b")),
            unfit.clone(),
        ];
        assert_eq!(
            looked_up(&absent).await,
            ("absent".to_owned(), 3),
            "{other}"
        );
        let found = [unfit.clone(), unfit.clone(), unfit.clone()];
        let mut found = found.to_vec();
        found[1] = list(std::slice::from_ref(&other), Some("b"));
        found[2] = list(&[ticket(7, "order-1")], None);
        assert_eq!(
            looked_up(&found).await,
            ("found 7 []".to_owned(), 3),
            "{other}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_walk_through_the_whole_list_has_an_end() {
    let other = [ticket(5, "order-2")];
    let pages = |count: usize| -> Vec<Value> {
        let mut pages = vec![list(&other, None)];
        pages.extend((1..count).map(|page| list(&other, Some(&format!("p{page}")))));
        pages
    };
    let mut twenty = pages(20);
    twenty.push(list(&other, None));
    assert_eq!(looked_up(&twenty).await, ("absent".to_owned(), 21));
    let (found, requests) = looked_up(&pages(40)).await;
    assert_eq!(
        (found.as_str(), requests),
        (
            "no evidence: the list is too long to be read to its end",
            26
        )
    );
    let (found, _) = looked_up(&[
        list(&other, None),
        list(&other, Some("b")),
        list(&other, Some("b")),
    ])
    .await;
    assert!(
        found.starts_with("no evidence: the list leads back"),
        "{found}"
    );
}

#[tokio::test(start_paused = true)]
async fn no_evidence_is_asked_for_again_as_a_failed_request_is() {
    let refused = answer(200, r#"{"error":{"msg":"Maintenance."}}"#);
    let unreadable = answer(200, r#"{"data":[{"id":7}]}"#);
    for broken in [refused, unreadable, answer(202, r#"{"data":[]}"#)] {
        let whole = answer(200, r#"{"data":[]}"#);
        let script = Script::new([Step::Answer(broken.clone()), Step::Answer(whole)]);
        let found = script.client().tickets().look_up(&id()).await.unwrap();
        assert!(matches!(found, LookUp::ProvenAbsent), "{found:?}");

        let script = Script::new((0..4).map(|_| Step::Answer(broken.clone())));
        let found = script.client().tickets().look_up(&id()).await.unwrap();
        assert!(matches!(found, LookUp::NoEvidence(_)), "{found:?}");
        assert_eq!(script.count(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_for_showing_has_to_be_a_list_too() {
    for body in [
        r#"{"error":{"msg":"Maintenance."}}"#,
        r#"{"message":"Maintenance."}"#,
    ] {
        let steps = (0..4).map(|_| Step::Answer(answer(200, body)));
        let error = Script::new(steps)
            .client()
            .tickets()
            .list()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        assert_eq!(error.service_message(), Some("Maintenance."));
    }
    // One that can't be read is left out of what is shown.
    let script = Script::answering(answer(200, r#"{"data":[{"id":null},{"id":7}]}"#));
    let page = script.client().tickets().list().await.unwrap();
    assert_eq!(page.data.len(), 1);
}
