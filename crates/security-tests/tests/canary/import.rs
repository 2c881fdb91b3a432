//! Tests of the reports of an import.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gorgias_emulator::{Emulator, Fault, FaultRule};
use gorgias_import::{Import, LineReport, Observer, ObserverError};
use gorgias_journal::SqliteJournal;
use http::{Request, Response};
use security_tests::capture::{Capture, Capturing};
use security_tests::in_process::{Answering, InProcess};
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;

use crate::scenario::{Login, Scenario};

/// Collects every report, as it is printed and as it is written.
struct Reports<'a>(&'a Capturing);

impl Observer for Reports<'_> {
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        self.0.add_debug(report);
        let mut written = serde_json::to_value(report)?;
        // A report names the external id on purpose.
        written.as_object_mut().unwrap().remove("external_id");
        self.0.add(written.to_string());
        Ok(())
    }
}

fn lines(scenario: &Scenario) -> String {
    let good = scenario
        .ticket
        .clone()
        .external_id(scenario.external_id.as_str());
    let mut bad: Value = serde_json::from_str(&good.to_json().unwrap()).unwrap();
    bad["external_id"] = json!("other");
    let mut unknown = bad.clone();
    unknown["priority"] = bad["subject"].clone();
    bad["subject"] = json!(bad["subject"].as_str().unwrap().repeat(100));
    let broken = format!("{{\"subject\": {}", unknown["subject"]);
    format!("{}\n{bad}\n{unknown}\n{broken}\n", good.to_json().unwrap())
}

async fn import(scenario: &Scenario, out: &Capturing, client: gorgias::ClientBuilder) {
    let folder = tempfile::tempdir().unwrap();
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let journal =
        SqliteJournal::open_in_virtual_time(folder.path().join("journal"), start).unwrap();
    let import = Import::new(client, Arc::new(journal)).patience(Duration::from_secs(5));
    let input = lines(scenario);
    match import.run(input.as_bytes(), &mut Reports(out)).await {
        Ok(summary) => out.add_debug(&summary),
        Err(halted) => {
            out.add_error(&halted);
            out.add_debug(&halted.summary());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_report_holds_nothing_of_a_ticket_but_its_ids() {
    for fault in ["H11", "H13-422", "H13", "H10", "H6", "F7", "H9", "H1"] {
        let scenario = Scenario::new();
        let out = Capture::start(LevelFilter::TRACE);
        let emulator = Emulator::builder().limit(None).build().unwrap();
        emulator.inject(FaultRule::new(Fault::named(fault).unwrap()).operation("create_ticket"));
        let client = scenario
            .builder(Login::ApiKey)
            .transport(InProcess(emulator));
        import(&scenario, &out, client).await;
        let found = scenario.canaries.found_in(out.text().as_bytes());
        assert!(found.is_empty(), "{fault}: {found:?}\n{}", out.text());
    }
}

/// Answers with every text of a ticket, each in its own message.
fn repeating(request: &Request<Bytes>) -> Response<Bytes> {
    let sent: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let customer = sent["messages"][0]["sender"]["email"]
        .as_str()
        .unwrap_or("x");
    let text = sent["messages"][0]["body_text"].as_str().unwrap_or("x");
    let body = json!({"error": {
        "msg": format!("The text {text:?} is not welcome."),
        "data": {
            "subject": [format!("Not a subject: {}.", sent["subject"])],
            "sender": {"email": [format!("{customer} is blocked.")]},
            "name": ["Missing data for required field."],
        },
    }});
    Response::builder()
        .status(400)
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_report_does_not_repeat_a_service_that_repeats_the_ticket() {
    let scenario = Scenario::new();
    let out = Capture::start(LevelFilter::TRACE);
    let transport = Answering::with(|request| {
        if request.method() == "GET" {
            // An empty list, so that the lines are sent.
            Response::builder()
                .header("content-type", "application/json")
                .body(Bytes::from_static(br#"{"data":[]}"#))
                .unwrap()
        } else {
            repeating(&request)
        }
    });
    let client = scenario.builder(Login::ApiKey).transport(transport);
    import(&scenario, &out, client).await;
    let text = out.text();
    let found = scenario.canaries.found_in(text.as_bytes());
    assert!(found.is_empty(), "{found:?}\n{text}");
    assert!(text.contains("Missing data for required field."), "{text}");
}
