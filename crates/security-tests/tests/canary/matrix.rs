//! Tests every fault at every log level.

use std::time::Duration;

use gorgias_emulator::{Emulator, Fault, FaultRule, catalogue};
use security_tests::capture::Capture;
use security_tests::in_process::InProcess;
use tracing::level_filters::LevelFilter;

use crate::scenario::{LOGINS, Scenario};

const LEVELS: [LevelFilter; 5] = [
    LevelFilter::ERROR,
    LevelFilter::WARN,
    LevelFilter::INFO,
    LevelFilter::DEBUG,
    LevelFilter::TRACE,
];

#[tokio::test(start_paused = true)]
async fn no_canary_shows_in_anything_printed_over_the_whole_fault_matrix() {
    let mut printed = 0;
    for (index, info) in catalogue().enumerate() {
        for (turn, level) in LEVELS.into_iter().enumerate() {
            let scenario = Scenario::new();
            let out = Capture::start(level);
            let emulator = Emulator::builder().limit(None).build().unwrap();
            for operation in ["create_ticket", "list_tickets", "get_ticket"] {
                let fault = Fault::named(info.id())
                    .unwrap()
                    .hold(Duration::from_secs(3));
                emulator.inject(FaultRule::new(fault).operation(operation).times(2));
            }
            let login = LOGINS[(index + turn) % LOGINS.len()];
            let builder = scenario.builder(login).transport(InProcess(emulator));
            scenario.play(&out, builder).await;
            let text = out.text();
            printed += text.len();
            let found = scenario.canaries.found_in(text.as_bytes());
            assert!(
                found.is_empty(),
                "{} at {level}: {found:?}\n{}",
                info.id(),
                around(&text)
            );
        }
    }
    assert!(printed > 1_000_000, "only {printed} bytes were collected");
}

/// Returns the lines that seem to hold a canary, to find its origin.
fn around(text: &str) -> String {
    let lines = text.lines().filter(|line| line.contains('q'));
    lines.take(200).collect::<Vec<_>>().join("\n")
}
