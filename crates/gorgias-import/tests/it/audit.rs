//! Tests of the audit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias_emulator::{Applied, Emulator, Fault, FaultRule};
use gorgias_import::{Finding, Import};
use http::{Request, Response};
use serde_json::{Value, json};

use crate::support::{Watch, World, input, key, line, lines};

/// Creates a ticket without the import.
async fn make(emulator: &Emulator, id: &str) {
    let request = http::Request::post("/api/tickets")
        .header("authorization", "Bearer token")
        .header("content-type", "application/json")
        .body(bytes::Bytes::from(line(id).to_string()))
        .unwrap();
    assert_eq!(emulator.handle(request).await.unwrap().status(), 201);
}

#[tokio::test(start_paused = true)]
async fn several_tickets_of_one_id_are_reported() {
    let world = World::new();
    let text = lines(3);
    let import = world.import().audit(false);
    let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.missing, summary.duplicates), (None, None));
    make(&world.emulator, &key(1)).await;
    make(&world.emulator, "of-no-concern").await;
    let mut watch = Watch::default();
    for _ in 0..2 {
        // It is reported in each run until it is resolved.
        watch = Watch::default();
        let summary = world
            .import()
            .run(text.as_bytes(), &mut watch)
            .await
            .unwrap();
        assert_eq!((summary.missing, summary.duplicates), (Some(0), Some(1)));
    }
    let [
        Finding::Duplicate {
            external_id,
            others,
            ..
        },
    ] = &watch.findings[..]
    else {
        panic!("{:?}", watch.findings);
    };
    assert_eq!((external_id.as_str(), others.len()), (&*key(1), 1));
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_is_gone_is_reported() {
    let world = World::new();
    let text = lines(3);
    // The service never lists the first ticket.
    let fault = Fault::none().visibility_lag(Duration::from_secs(1_000_000));
    world
        .emulator
        .inject(FaultRule::new(fault).operation("create_ticket"));
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.created, summary.missing), (3, Some(1)));
    let [Finding::Missing { external_id, .. }] = &watch.findings[..] else {
        panic!("{:?}", watch.findings);
    };
    assert_eq!(external_id.as_str(), key(0));
}

#[tokio::test(start_paused = true)]
async fn a_list_that_lags_is_waited_for() {
    let world = World::new();
    let text = lines(30);
    let fault = Fault::none().visibility_lag(Duration::from_secs(20));
    world
        .emulator
        .inject(FaultRule::new(fault).operation("create_ticket").always());
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.missing), (30, Some(0)));
}

#[tokio::test(start_paused = true)]
async fn the_list_is_read_no_further_back_than_the_import() {
    let world = World::new();
    for number in 0..1_000 {
        make(&world.emulator, &format!("older-{number}")).await;
    }
    tokio::time::sleep(Duration::from_secs(3 * 60 * 60)).await;
    let before = world.audited_pages();
    let (summary, _) = world.run(&lines(150)).await;
    assert_eq!((summary.created, summary.missing), (150, Some(0)));
    // Two pages of the import's tickets, and one of older ones.
    let pages = world.audited_pages() - before;
    assert!(pages <= 3, "{pages}");
}

#[tokio::test(start_paused = true)]
async fn entries_of_another_input_make_the_audit_no_longer() {
    let world = World::new();
    let fault = Fault::named("F7").unwrap().applied(Applied::Never);
    world
        .emulator
        .inject(FaultRule::new(fault).operation("create_ticket"));
    let text = input([&line("another-input")]);
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!(summary.in_doubt, 1);
    for number in 0..1_000 {
        make(&world.emulator, &format!("older-{number}")).await;
    }
    tokio::time::sleep(Duration::from_secs(3 * 60 * 60)).await;
    let before = world.audited_pages();
    let (summary, _) = world.run(&lines(150)).await;
    assert_eq!((summary.created, summary.missing), (150, Some(0)));
    let pages = world.audited_pages() - before;
    assert!(pages <= 3, "{pages}");
}

#[tokio::test(start_paused = true)]
async fn tickets_that_say_when_they_changed_last_are_found_there() {
    let world = World::new();
    for number in 0..300 {
        make(&world.emulator, &format!("older-{number}")).await;
    }
    tokio::time::sleep(Duration::from_secs(3 * 60 * 60)).await;
    let mut old = line("a");
    old["updated_datetime"] = json!("2019-01-01T00:00:00Z");
    let text = input([&old, &line("b")]);
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.missing), (2, Some(0)));
}

#[tokio::test(start_paused = true)]
async fn tickets_of_an_earlier_run_are_audited_by_the_run_that_ends() {
    let world = World::new();
    let import = world.import().audit(false);
    import.run(lines(5).as_bytes(), &mut ()).await.unwrap();
    make(&world.emulator, &key(2)).await;
    let (summary, _) = world.run(&lines(10)).await;
    assert_eq!((summary.created, summary.found), (5, 5));
    assert_eq!(summary.duplicates, Some(1));
}

/// The emulator, with other first pages of its list.
#[derive(Clone, Debug)]
struct Pages {
    emulator: Emulator,
    first: Arc<[Value]>,
    asked: Arc<AtomicUsize>,
}

impl Pages {
    /// Imports three lines, with these pages in the audit.
    async fn audited(first: impl Into<Arc<[Value]>>) -> (World, gorgias_import::Summary) {
        let world = World::new();
        let pages = Self {
            emulator: world.emulator.clone(),
            first: first.into(),
            asked: Arc::default(),
        };
        let client = world.client().transport(pages);
        let import = Import::new(client, Arc::clone(&world.journal)).pacer(None);
        let text = lines(3);
        let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
        (world, summary)
    }
}

impl Transport for Pages {
    fn send(&self, mut request: Request<Body>) -> TransportFuture<'_> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        if query.contains("order_by=updated_datetime") {
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            if let Some(page) = self.first.get(number) {
                let response = Response::new(Bytes::from(page.to_string()));
                return Box::pin(std::future::ready(Ok(response)));
            }
            assert!(number < 20, "the audit reads the list without end");
            *request.uri_mut() = "/api/tickets?order_by=updated_datetime:desc"
                .parse()
                .unwrap();
        }
        Box::pin(async move {
            let request = buffered(request).await?;
            let response = self.emulator.handle(request).await;
            response.map_err(TransportError::after_dispatch)
        })
    }
}

fn page(next: &str, tickets: Value) -> Value {
    json!({"data": tickets, "meta": {"prev_cursor": null, "next_cursor": next}})
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_is_not_the_end_of_the_list() {
    let (world, summary) = Pages::audited([page("next", json!([]))]).await;
    assert_eq!((summary.created, summary.missing), (3, Some(0)));
    let looked = world.requests("GET", "/api/tickets?external_id");
    assert_eq!((looked, world.audited_pages()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_list_that_leads_in_a_circle_is_left() {
    let foreign = json!([{"id": 1, "updated_datetime": "2030-01-01T00:00:00+00:00"}]);
    let pages: Vec<_> = ["one", "other"]
        .iter()
        .cycle()
        .take(20)
        .map(|next| page(next, foreign.clone()))
        .collect();
    let (world, summary) = Pages::audited(pages).await;
    // Each ticket was looked up.
    assert_eq!((summary.created, summary.missing), (3, Some(0)));
    let looked = world.requests("GET", "/api/tickets?external_id");
    assert_eq!(looked, 3);
}
