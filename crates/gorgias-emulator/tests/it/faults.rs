//! Tests every fault of the catalogue in process: what the client sees, and
//! whether the ticket exists.

use std::collections::BTreeMap;
use std::time::Duration;

use gorgias_emulator::{
    Applied, DisconnectKind as Kind, DisconnectStage as Stage, Emulator, Fault, catalogue,
};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{creating, from_customer, get, unlimited};

/// The result of a create in process.
#[derive(Debug, PartialEq)]
enum End {
    Lost(Kind, Stage),
    Status(u16),
}
use End::{Lost, Status};

/// Returns what a client sees of each fault, and the number of tickets after
/// it.
fn expected() -> BTreeMap<&'static str, (End, usize)> {
    let before = |kind| (Lost(kind, Stage::BeforeRequest), 0);
    let after = |kind| (Lost(kind, Stage::AfterRequest), 1);
    let during = |kind| (Lost(kind, Stage::DuringResponse), 1);
    BTreeMap::from([
        ("F1", before(Kind::Refused)),
        ("F2", before(Kind::Refused)),
        ("F3", before(Kind::TimedOut)),
        ("F4", before(Kind::Handshake)),
        ("F4-corrupt", before(Kind::Handshake)),
        ("F4-stall", before(Kind::TimedOut)),
        ("F5", before(Kind::Closed)),
        ("F6", before(Kind::Reset)),
        ("F7", after(Kind::Closed)),
        ("F8", after(Kind::Reset)),
        ("F9", (Lost(Kind::Reset, Stage::DuringRequest), 0)),
        ("F10", after(Kind::Closed)),
        ("F11", (Status(201), 1)),
        ("F12", after(Kind::TimedOut)),
        ("F13", (Status(201), 1)),
        ("F14", after(Kind::Closed)),
        ("F15", after(Kind::Malformed)),
        ("F16", after(Kind::Malformed)),
        ("F17", after(Kind::Malformed)),
        ("F18", during(Kind::Closed)),
        ("F19", during(Kind::Reset)),
        ("F20", during(Kind::TimedOut)),
        ("F21", during(Kind::TimedOut)),
        ("F22", after(Kind::TimedOut)),
        ("F23", (Status(413), 0)),
        ("F24", before(Kind::Closed)),
        ("F25", after(Kind::TimedOut)),
        ("F26", before(Kind::Refused)),
        ("F26-502", before(Kind::Refused)),
        ("H1", (Status(429), 0)),
        ("H2", (Status(429), 0)),
        ("H3", (Status(429), 0)),
        ("H3-past", (Status(429), 0)),
        ("H3-garbage", (Status(429), 0)),
        ("H4", (Status(429), 0)),
        ("H5", (Status(429), 0)),
        ("H6", (Status(500), 0)),
        ("H6-502", (Status(502), 0)),
        ("H6-503", (Status(503), 0)),
        ("H6-504", (Status(504), 0)),
        ("H7", (Status(503), 0)),
        ("H8", (Status(408), 0)),
        ("H9", (Status(401), 0)),
        ("H10", (Status(403), 0)),
        ("H10-role", (Status(403), 0)),
        ("H10-page", (Status(403), 0)),
        ("H11", (Status(400), 0)),
        ("H12", (Status(404), 0)),
        ("H12-html", (Status(404), 0)),
        ("H12-405", (Status(405), 0)),
        ("H13", (Status(409), 0)),
        ("H13-402", (Status(402), 0)),
        ("H13-410", (Status(410), 0)),
        ("H13-413", (Status(413), 0)),
        ("H13-414", (Status(414), 0)),
        ("H13-415", (Status(415), 0)),
        ("H13-422", (Status(422), 0)),
        ("H13-423", (Status(423), 0)),
        ("H13-431", (Status(431), 0)),
        ("H13-451", (Status(451), 0)),
        ("H14", (Status(301), 0)),
        ("H14-307", (Status(307), 0)),
        ("H15", (Status(200), 1)),
        ("H15-202", (Status(202), 1)),
        ("H15-204", (Status(204), 1)),
        ("H16", (Status(201), 0)),
        ("H16-login", (Status(200), 0)),
        ("H17", (Status(201), 1)),
        ("H18", (Status(201), 1)),
        ("H19", (Status(201), 1)),
        ("H19-null", (Status(201), 1)),
        ("H19-array", (Status(201), 1)),
        ("H19-object", (Status(201), 1)),
        ("H19-null-id", (Status(201), 1)),
        ("H20", (Status(201), 1)),
        ("H21", (Status(201), 1)),
        ("H21-trailing", (Status(201), 1)),
        ("H21-utf16", (Status(201), 1)),
        ("H21-utf8", (Status(201), 1)),
        ("H22", (Status(200), 0)),
        ("H22-empty", (Status(200), 0)),
        ("H22-maintenance", (Status(200), 0)),
        ("H22-job", (Status(202), 0)),
    ])
}

fn ticket() -> Value {
    from_customer("jane@example.com", json!({"external_id": "k"}))
}

async fn end(emulator: &Emulator) -> End {
    match emulator.handle(creating(&ticket())).await {
        Ok(response) => Status(response.status().as_u16()),
        Err(disconnect) => {
            let in_body = disconnect.stage() == Stage::DuringResponse;
            assert_eq!(disconnect.head().is_some(), in_body);
            let read = disconnect.stage() >= Stage::AfterRequest;
            assert_eq!(disconnect.request_was_read(), read);
            Lost(disconnect.kind(), disconnect.stage())
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_fault_ends_a_create_as_it_says() {
    let mut expected = expected();
    // The faults of lists have their own tests.
    for info in catalogue().filter(|info| !info.is_of_lists()) {
        let emulator = unlimited();
        emulator.inject(Fault::named(info.id()).unwrap());
        let payload = info.id().starts_with('P').then_some((Status(201), 1));
        let (wanted, tickets) = expected
            .remove(info.id())
            .or(payload)
            .unwrap_or_else(|| panic!("{} is not expected", info.id()));
        assert_eq!(end(&emulator).await, wanted, "{}", info.id());
        assert_eq!(emulator.ticket_count(), tickets, "{}", info.id());
        let log = emulator.requests();
        assert_eq!(log.last().unwrap().fault, Some(info.id()));
        if info.id() != "H5" {
            assert_eq!(end(&emulator).await, Status(201), "{} stayed", info.id());
        }
    }
    assert!(expected.is_empty(), "{expected:?}");
}

#[tokio::test(start_paused = true)]
async fn an_ambiguous_fault_applies_the_request_never_at_once_or_later() {
    let late = Duration::from_secs(7);
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        for (applied, at_first, in_the_end) in [
            (Applied::Never, 0, 0),
            (Applied::AtOnce, 1, 1),
            (Applied::After(late), 0, 1),
        ] {
            let emulator = unlimited();
            let fault = Fault::named(info.id()).unwrap().applied(applied);
            emulator.inject(fault.hold(Duration::from_secs(1)));
            end(&emulator).await;
            let pending = in_the_end - at_first;
            let state = (emulator.ticket_count(), emulator.pending_count());
            assert_eq!(state, (at_first, pending), "{} {applied:?}", info.id());
            tokio::time::advance(late).await;
            assert_eq!(emulator.ticket_count(), in_the_end, "{}", info.id());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_create_is_made_when_it_is_due() {
    let emulator = unlimited();
    let late = Fault::named("F7").unwrap();
    emulator.inject(late.applied(Applied::After(Duration::from_secs(20))));
    end(&emulator).await;
    tokio::time::advance(Duration::from_secs(60)).await;
    let ticket = &emulator.tickets_with_external_id("k")[0];
    assert_eq!(ticket["created_datetime"], "2026-01-05T09:00:20+00:00");
}

#[tokio::test(start_paused = true)]
async fn a_late_create_that_is_not_valid_is_never_made() {
    let emulator = unlimited();
    let late = Fault::named("F7").unwrap();
    emulator.inject(late.applied(Applied::After(Duration::from_secs(1))));
    assert!(emulator.handle(creating(&json!({}))).await.is_err());
    assert_eq!(emulator.pending_count(), 0);
}

#[tokio::test(start_paused = true)]
async fn lagging_lists_do_not_show_a_ticket_and_a_message_that_can_be_read() {
    let emulator = unlimited();
    emulator.inject(Fault::none().visibility_lag(Duration::from_secs(20)));
    let created = crate::support::create(&emulator, &ticket()).await;
    let count = async |path| {
        let page = get(&emulator, path).await.json();
        page["data"].as_array().unwrap().len()
    };
    let listed = async || {
        let tickets = count("/api/tickets?external_id=k").await;
        (tickets, count("/api/messages").await)
    };
    assert_eq!(listed().await, (0, 0));
    let read = get(&emulator, &format!("/api/tickets/{}", created["id"])).await;
    assert_eq!(read.status, StatusCode::OK);
    tokio::time::advance(Duration::from_millis(19_999)).await;
    assert_eq!(listed().await, (0, 0));
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(listed().await, (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_delivered_twice_makes_two_tickets() {
    for applied in [Applied::AtOnce, Applied::After(Duration::ZERO)] {
        let emulator = unlimited();
        let fault = Fault::named("F7").unwrap().applied(applied);
        emulator.inject(fault.delivered_twice());
        end(&emulator).await;
        assert_eq!(emulator.count_with_external_id("k"), 2);
    }
    let emulator = unlimited();
    emulator.inject(Fault::none().delivered_twice());
    let answer = crate::support::create(&emulator, &ticket()).await;
    assert_eq!(answer["id"], emulator.tickets()[0]["id"]);
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test(start_paused = true)]
async fn delays_pass_in_virtual_time_before_and_after_the_create() {
    let emulator = unlimited();
    let second = Duration::from_secs(1);
    emulator.inject(
        Fault::none()
            .latency(2 * second)
            .response_latency(3 * second),
    );
    let start = tokio::time::Instant::now();
    let answer = crate::support::create(&emulator, &ticket()).await;
    assert_eq!(start.elapsed(), 5 * second);
    assert_eq!(answer["created_datetime"], "2026-01-05T09:00:02+00:00");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_future_has_an_effect_only_once_the_request_arrived() {
    for (latency, tickets) in [(Duration::from_secs(10), 0), (Duration::ZERO, 1)] {
        let emulator = unlimited();
        emulator.inject(Fault::named("F12").unwrap().latency(latency));
        let exchange = emulator.handle(creating(&ticket()));
        let dropped = tokio::time::timeout(Duration::from_secs(5), exchange).await;
        assert!(dropped.is_err());
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(emulator.ticket_count(), tickets);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stall_lasts_as_long_as_it_is_told_to() {
    for (id, hold, lasted) in [
        ("F12", None, 60_000),
        ("F12", Some(250), 250),
        ("F13", None, 1_000),
        ("F3", Some(5), 5),
        ("F20", Some(70), 70),
    ] {
        let emulator = unlimited();
        let mut fault = Fault::named(id).unwrap();
        if let Some(hold) = hold {
            fault = fault.hold(Duration::from_millis(hold));
        }
        emulator.inject(fault);
        let start = tokio::time::Instant::now();
        end(&emulator).await;
        assert_eq!(start.elapsed(), Duration::from_millis(lasted), "{id}");
    }
}

#[tokio::test]
async fn what_disturbs_a_success_leaves_a_rejection_alone() {
    for id in ["F18", "H15", "H19", "P6"] {
        let emulator = unlimited();
        emulator.inject(Fault::named(id).unwrap());
        let response = emulator.handle(creating(&json!({}))).await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{id}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_says_how_long_to_wait_in_each_form() {
    let wait = async |fault: Fault| {
        let emulator = crate::support::build(Emulator::builder());
        emulator.inject(fault);
        let reply = crate::support::post(&emulator, &ticket()).await;
        let level = reply.header("x-gorgias-account-api-call-limit");
        assert_eq!(level, Some("40/40"));
        reply.header("retry-after").map(str::to_owned)
    };
    for (id, value) in [
        ("H1", Some("5")),
        ("H2", None),
        ("H3", Some("Mon, 05 Jan 2026 09:00:05 GMT")),
        ("H3-past", Some("Mon, 05 Jan 2026 08:00:00 GMT")),
        ("H3-garbage", Some("in a while")),
        ("H4", Some("600")),
    ] {
        let fault = Fault::named(id).unwrap();
        assert_eq!(wait(fault).await.as_deref(), value, "{id}");
    }
    let chosen = Fault::named("H2").unwrap();
    let chosen = chosen.retry_after(http::HeaderValue::from_static("17"));
    assert_eq!(wait(chosen).await.as_deref(), Some("17"));
}
