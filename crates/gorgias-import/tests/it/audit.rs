//! What the audit finds.

use std::time::Duration;

use gorgias_emulator::{Emulator, Fault, FaultRule};
use gorgias_import::Finding;
use serde_json::json;

use crate::support::{Watch, World, input, key, line, lines};

/// Makes a ticket behind the import's back.
async fn make(emulator: &Emulator, id: &str) {
    let request = http::Request::post("/api/tickets")
        .header("authorization", "Bearer token")
        .header("content-type", "application/json")
        .body(bytes::Bytes::from(line(id).to_string()))
        .unwrap();
    assert_eq!(emulator.handle(request).await.unwrap().status(), 201);
}

#[tokio::test(start_paused = true)]
async fn several_tickets_of_one_id_are_told() {
    let world = World::new();
    let text = lines(3);
    let import = world.import().audit(false);
    let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.missing, summary.duplicates), (None, None));
    make(&world.emulator, &key(1)).await;
    make(&world.emulator, "of-no-concern").await;
    let mut watch = Watch::default();
    for _ in 0..2 {
        // Until somebody looks into it, it is told each time.
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
async fn a_ticket_that_is_gone_is_told() {
    let world = World::new();
    let text = lines(3);
    // The journal knows of a ticket that the service never shows.
    let fault = Fault::none().visibility_lag(Duration::from_secs(1_000_000));
    world
        .emulator
        .inject(FaultRule::new(fault).operation("create_ticket"));
    let mut watch = Watch::default();
    let summary = world
        .import()
        .run(text.as_bytes(), &mut watch)
        .await
        .unwrap();
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
async fn the_walk_goes_no_further_back_than_the_import() {
    let world = World::new();
    for number in 0..1_000 {
        make(&world.emulator, &format!("older-{number}")).await;
    }
    tokio::time::sleep(Duration::from_secs(3 * 60 * 60)).await;
    let before = world.emulator.request_count();
    let summary = world
        .import()
        .run(lines(150).as_bytes(), &mut ())
        .await
        .unwrap();
    assert_eq!((summary.created, summary.missing), (150, Some(0)));
    // Two pages of its own, and one that is all older.
    let pages = world.emulator.request_count() - before - 150;
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
async fn what_an_earlier_run_made_is_audited_by_the_one_that_ends() {
    let world = World::new();
    let import = world.import().audit(false);
    import.run(lines(5).as_bytes(), &mut ()).await.unwrap();
    make(&world.emulator, &key(2)).await;
    let summary = world
        .import()
        .run(lines(10).as_bytes(), &mut ())
        .await
        .unwrap();
    assert_eq!((summary.created, summary.found), (5, 5));
    assert_eq!(summary.duplicates, Some(1));
}
