//! Tests of the outcomes of lines.

use std::time::Duration;

use gorgias_emulator::{Fault, FaultRule};
use gorgias_import::{LineOutcome, RejectionReason, Rules};
use serde_json::json;

use crate::support::{Watch, World, input, key, line, lines};

#[tokio::test(start_paused = true)]
async fn every_line_becomes_a_ticket() {
    let world = World::new();
    let text = lines(250);
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.total, summary.created), (250, 250));
    assert_eq!((summary.missing, summary.duplicates), (Some(0), Some(0)));
    for number in 0..250 {
        assert_eq!(world.count(&key(number)), 1);
        let outcome = watch.outcome(number as u64 + 1);
        assert!(matches!(outcome, LineOutcome::Created { .. }));
    }
    // One request for each ticket, one for the list before the first ticket,
    // and one for each page of a hundred in the audit.
    assert_eq!(summary.requests, 1 + 250 + 3);
    let last = watch.last.unwrap();
    assert_eq!((last.created, last.bytes), (250, text.len() as u64));
}

#[tokio::test(start_paused = true)]
async fn an_import_can_be_spawned_and_its_end_sent_back() {
    fn sent_back<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let world = World::new();
    let import = world.import();
    let run = tokio::spawn(async move {
        Rules::new().dry_run(lines(1).as_bytes(), &mut ()).await?;
        import.run(lines(1).as_bytes(), &mut ()).await
    });
    let summary = sent_back(run.await.unwrap()).unwrap();
    assert_eq!(summary.created, 1);
}

#[tokio::test(start_paused = true)]
async fn a_second_run_sends_and_asks_nothing() {
    let world = World::new();
    let text = lines(50);
    world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    let before = world.emulator.request_count();
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.found, summary.requests), (50, 0));
    assert_eq!((summary.missing, summary.duplicates), (Some(0), Some(0)));
    assert_eq!(world.emulator.request_count(), before);
    assert!(watch.json(7)["ticket_id"].is_i64());
}

#[tokio::test(start_paused = true)]
async fn a_bad_line_stops_nothing_and_is_not_sent() {
    let world = World::new();
    let bad = json!({"external_id": "bad", "messages": [{"channel": 7}], "colour": "red"});
    let sending = json!({
        "external_id": "sending", "messages": [{"channel": "sms", "from_agent": true}]
    });
    let text = format!(
        "{}\n{bad}\nnot json\n\n{sending}\n{}\n",
        line("one"),
        line("six")
    );
    let (summary, watch) = world.run(&text).await;
    assert_eq!(
        (summary.total, summary.created, summary.rejected),
        (5, 2, 3)
    );
    let report = watch.json(2);
    let pointers: Vec<_> = report["problems"].as_array().unwrap().iter().collect();
    assert_eq!(report["reason"], "invalid");
    assert_eq!(pointers.len(), 3);
    assert_eq!(watch.json(3)["reason"], "invalid");
    assert_eq!(watch.json(5)["reason"], "would_send");
    assert!(matches!(watch.outcome(6), LineOutcome::Created { .. }));
    assert_eq!(world.requests("POST", "/"), 2);

    let rules = Rules::new().allow_sending(true);
    let text = format!("{sending}\n");
    let again = world.import().rules(rules);
    let summary = again.run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, world.count("sending")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn ids_are_made_of_a_field() {
    let world = World::new();
    let mut old = line("x");
    let members = old.as_object_mut().unwrap();
    members.remove("external_id");
    members.insert("id".to_owned(), json!(12345));
    let rules = Rules::new().derive_ids("zendesk", "id").unwrap();
    let text = input([&old]);
    let import = world.import().rules(rules);
    let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, world.count("zendesk:12345")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_line_that_comes_twice_makes_one_ticket() {
    let world = World::new();
    let other = {
        let mut other = line("a");
        other["subject"] = json!("Another subject");
        other
    };
    let text = input([&line("a"), &line("a"), &other, &line("b"), &line("a")]);
    for concurrency in [1, 16] {
        let mut watch = Watch::default();
        let import = world.import().concurrency(concurrency);
        let summary = import.run(text.as_bytes(), &mut watch).await.unwrap();
        assert_eq!((summary.total, summary.rejected), (5, 1));
        assert_eq!(watch.json(2)["same_as_line"], 1);
        assert_eq!(watch.json(5)["same_as_line"], 1);
        let LineOutcome::Rejected(rejection) = watch.outcome(3) else {
            panic!("{:?}", watch.outcome(3));
        };
        assert_eq!(rejection.reason, RejectionReason::OtherBody);
        assert_eq!(rejection.same_id_as_line, Some(1));
        assert_eq!((world.count("a"), world.count("b")), (1, 1));
    }
    assert_eq!(world.requests("POST", "/"), 2);
}

#[tokio::test(start_paused = true)]
async fn an_id_keeps_its_ticket_when_the_line_changes() {
    let world = World::new();
    let mut changed = line("a");
    let text = input([&changed]);
    world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    changed["subject"] = json!("Another subject");
    let text = input([&changed]);
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.rejected, world.count("a")), (1, 1));
    assert_eq!(watch.json(1)["reason"], "other_body");
}

#[tokio::test(start_paused = true)]
async fn a_refused_line_can_be_corrected() {
    let world = World::new();
    let refusal = FaultRule::new(Fault::named("H11").unwrap());
    world.emulator.inject(refusal.operation("create_ticket"));
    let text = lines(3);
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.created, summary.rejected), (2, 1));
    assert_eq!(watch.json(1)["reason"], "refused");
    assert_eq!(watch.json(1)["status"], 400);
    let mut corrected = line(&key(0));
    corrected["subject"] = json!("Corrected");
    let text = input([&corrected, &line(&key(1)), &line(&key(2))]);
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.found), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_made_up_for() {
    let world = World::new();
    let fault = FaultRule::new(Fault::named("F7").unwrap()).operation("create_ticket");
    world.emulator.inject(fault.times(5));
    let text = lines(20);
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.in_doubt), (20, 0));
    assert_eq!(world.emulator.ticket_count(), 20);
}

#[tokio::test(start_paused = true)]
async fn lines_in_doubt_are_reported_last_and_looked_for_again() {
    let world = World::new();
    let never = Fault::named("F7").unwrap();
    let never = never.applied(gorgias_emulator::Applied::Never);
    world
        .emulator
        .inject(FaultRule::new(never).operation("create_ticket"));
    let first = line(&key(0));
    let text = input([&first, &line(&key(1)), &first, &line(&key(2))]);
    let (summary, watch) = world.run(&text).await;
    assert_eq!((summary.created, summary.in_doubt), (2, 2));
    assert_eq!(summary.missing, Some(0));
    let order: Vec<_> = watch.reports.iter().map(|report| report.line).collect();
    assert_eq!(&order[2..], [1, 3]);
    assert_eq!(
        watch.json(3),
        json!({"outcome": "in_doubt", "same_as_line": 1})
    );
    let posts = world.requests("POST", "/");

    // A line in doubt is not sent again by default.
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.found, summary.in_doubt), (2, 2));
    assert_eq!(world.requests("POST", "/"), posts);
}

#[tokio::test(start_paused = true)]
async fn lines_in_doubt_are_found_by_the_audit() {
    let world = World::new();
    // The create is applied after the import has given up on it.
    let late = Fault::named("F7").unwrap();
    let late = late.applied(gorgias_emulator::Applied::After(Duration::from_secs(60)));
    world
        .emulator
        .inject(FaultRule::new(late).operation("create_ticket"));
    let slow = Fault::none().response_latency(Duration::from_secs(20));
    world
        .emulator
        .inject(FaultRule::new(slow).operation("create_ticket").always());
    let text = lines(6);
    let mut watch = Watch::default();
    let import = world.import().concurrency(1);
    let summary = import.run(text.as_bytes(), &mut watch).await.unwrap();
    assert_eq!(
        (summary.created, summary.found, summary.in_doubt),
        (5, 1, 0)
    );
    assert_eq!(watch.json(1)["outcome"], "found");
    let again = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((again.found, again.requests), (6, 0));
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_is_used_and_kept() {
    let world = World::limited();
    let text = lines(200);
    let pacer = std::sync::Arc::new(gorgias::pacer::Automatic::seeded(1));
    let import = world.import().pacer(Some(pacer));
    let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.rate_limited), (200, 0));
    let utilisation = summary.utilisation.unwrap();
    assert!(utilisation > 0.85, "{summary:?}");
    // At best forty at once, and two a second after that.
    assert!(summary.elapsed < Duration::from_secs(110), "{summary:?}");
}
