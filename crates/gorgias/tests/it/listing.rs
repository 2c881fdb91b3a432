//! Pages and streams.

use futures_util::{StreamExt, TryStreamExt};
use gorgias::types::{TicketList, TicketOrder};
use gorgias::{ErrorKind, NewTicket};
use serde_json::json;

use crate::support::{Script, Step, client_of, emulator, json as answer};

async fn filled(count: usize) -> (gorgias_emulator::Emulator, gorgias::Client) {
    let emulator = emulator();
    let client = client_of(&emulator);
    for number in 0..count {
        let ticket =
            NewTicket::from_customer("jane@example.com").external_id(format!("order-{number}"));
        client.tickets().create(ticket).await.unwrap();
    }
    (emulator, client)
}

fn next_cursor(page: &TicketList) -> Option<&str> {
    page.meta.as_ref()?.next_cursor.as_deref()
}

#[tokio::test(start_paused = true)]
async fn pages_lead_to_each_other() {
    let (_emulator, client) = filled(5).await;
    let list = client.tickets().list().limit(2);
    let first = list.clone().await.unwrap();
    assert_eq!(first.data.len(), 2);
    assert_eq!(first.meta.as_ref().unwrap().prev_cursor, None);
    let second = list.cursor(next_cursor(&first).unwrap()).await.unwrap();
    assert_eq!(second.data.len(), 2);
    assert!(second.meta.as_ref().unwrap().prev_cursor.is_some());
    assert!(
        first
            .data
            .iter()
            .all(|ticket| { second.data.iter().all(|other| other.id != ticket.id) })
    );
}

#[tokio::test(start_paused = true)]
async fn a_stream_reads_every_ticket_once_and_repeats_the_order() {
    let (emulator, client) = filled(7).await;
    let before = emulator.request_count();
    let tickets: Vec<_> = client
        .tickets()
        .list()
        .order_by(TicketOrder::from("created_datetime:asc"))
        .limit(3)
        .trashed(false)
        .stream()
        .try_collect()
        .await
        .unwrap();
    let ids: Vec<_> = tickets
        .iter()
        .map(|ticket| ticket.external_id.clone().unwrap())
        .collect();
    assert_eq!(
        ids,
        (0..7).map(|n| format!("order-{n}")).collect::<Vec<_>>()
    );
    assert_eq!(emulator.request_count() - before, 3);
    for request in emulator.requests().iter().skip(7) {
        assert!(
            request.path.contains("order_by=created_datetime"),
            "{}",
            request.path
        );
        assert!(request.path.contains("limit=3"), "{}", request.path);
        assert!(request.path.contains("trashed=false"), "{}", request.path);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_asks_for_large_pages_unless_told_otherwise() {
    let (emulator, client) = filled(1).await;
    let mut tickets = client.tickets().list().stream();
    assert!(tickets.next().await.unwrap().is_ok());
    assert!(tickets.next().await.is_none());
    assert!(tickets.next().await.is_none());
    assert!(emulator.requests()[1].path.contains("limit=100"));
}

#[tokio::test]
async fn filters_reach_the_service() {
    let script = Script::answering(answer(200, r#"{"data":[],"meta":{}}"#));
    let page = script
        .client()
        .tickets()
        .list()
        .customer_id(5)
        .external_id("a&b=c d")
        .view_id(6)
        .rule_id(7)
        .ticket_ids(vec![8, 9])
        .await
        .unwrap();
    assert!(page.data.is_empty());
    let uri = script.seen()[0].uri().to_string();
    for part in [
        "customer_id=5",
        "external_id=a%26b%3Dc+d",
        "view_id=6",
        "rule_id=7",
        "ticket_ids=8",
        "ticket_ids=9",
    ] {
        assert!(uri.contains(part), "{uri} lacks {part}");
    }
}

#[tokio::test]
async fn parameters_out_of_range_are_all_reported_and_nothing_is_sent() {
    let script = Script::default();
    let error = script
        .client()
        .tickets()
        .list()
        .limit(101)
        .customer_id(0)
        .view_id(-1)
        .rule_id(0)
        .ticket_ids((0..101).collect())
        .external_id("")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let text = error.to_string();
    for name in ["limit", "customer_id", "view_id", "rule_id", "ticket_ids"] {
        assert!(
            error
                .violations()
                .unwrap()
                .iter()
                .any(|v| v.pointer().contains(name)),
            "{text} lacks {name}"
        );
    }
    assert!(
        error
            .violations()
            .unwrap()
            .iter()
            .any(|v| v.pointer() == "external_id")
    );
    assert_eq!(script.count(), 0);
    for limit in [0, -1, 101, i64::MAX] {
        let list = script.client().tickets().list().limit(limit);
        assert_eq!(list.await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
}

fn page(id: i64, next: serde_json::Value) -> Step {
    let body = json!({"data": [{"id": id}], "meta": {"next_cursor": next}});
    Step::Answer(answer(200, body.to_string()))
}

#[tokio::test]
async fn a_list_that_leads_back_ends_in_an_error() {
    let script = Script::new([
        page(1, json!("a")),
        page(2, json!("b")),
        page(3, json!("a")),
    ]);
    let seen: Vec<_> = script.client().tickets().list().stream().collect().await;
    assert_eq!(seen.len(), 3);
    let error = seen.last().unwrap().as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(script.count(), 3);
}

#[tokio::test]
async fn a_cursor_that_is_none_is_never_sent_back() {
    let long = "x".repeat(513);
    for cursor in [&long, "a b", "a\r\nb", "é"] {
        let script = Script::new([page(1, json!(cursor))]);
        let list = script.client().tickets().list();
        let answered = list.clone().await.unwrap();
        let next = next_cursor(&answered).unwrap();
        let error = list.cursor(next).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let violations = error.violations().unwrap();
        let pointers: Vec<_> = violations.iter().map(|one| one.pointer()).collect();
        assert_eq!(pointers, ["cursor"]);

        let script = Script::new([page(1, json!(cursor))]);
        let mut tickets = script.client().tickets().list().stream();
        let error = tickets.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    }
    for cursor in [json!(null), json!(""), json!({})] {
        let script = Script::new([page(1, cursor)]);
        let mut pages = script.client().tickets().list().pages();
        assert!(pages.next().await.unwrap().is_ok());
        assert!(pages.next().await.is_none());
    }
}

#[tokio::test]
async fn a_stream_ends_after_its_first_error() {
    let script = Script::new([page(1, json!("a")), Step::Answer(answer(401, "{}"))]);
    let mut tickets = script.client().tickets().list().stream();
    assert!(tickets.next().await.unwrap().is_ok());
    assert_eq!(
        tickets.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Unauthorized
    );
    assert!(tickets.next().await.is_none());
}
