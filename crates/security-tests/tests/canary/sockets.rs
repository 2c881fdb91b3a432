//! The scenario over real sockets, with the logs of the HTTP stack.

use std::time::Duration;

use gorgias::RetryPolicy;
use gorgias_emulator::{Emulator, Fault, FaultRule, catalogue};
use security_tests::capture::Capture;
use tracing::level_filters::LevelFilter;

use crate::scenario::{LOGINS, Scenario};

#[tokio::test]
async fn no_canary_shows_in_what_the_network_stack_logs() {
    let mut printed = 0;
    for (index, info) in catalogue().enumerate() {
        let scenario = Scenario::new();
        let out = Capture::start(LevelFilter::TRACE);
        let emulator = Emulator::builder().limit(None).build().unwrap();
        let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
        let hold = Duration::from_millis(30);
        emulator.inject(FaultRule::new(Fault::named(info.id()).unwrap().hold(hold)).times(1));
        let client = scenario
            .builder(LOGINS[index % LOGINS.len()])
            .base_url(server.base_url())
            .connect_timeout(Duration::from_millis(200))
            .attempt_timeout(Duration::from_millis(200))
            .body_idle_timeout(Duration::from_millis(100))
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        for _ in 0..2 {
            match client.tickets().create(scenario.ticket.clone()).await {
                Ok(created) => out.add_debug(&created),
                Err(error) => crate::scenario::add(&out, &error),
            }
        }
        let text = out.text();
        printed += text.len();
        let found = scenario.canaries.found_in(text.as_bytes());
        assert!(found.is_empty(), "{}: {found:?}\n{text}", info.id());
    }
    assert!(printed > 50_000, "only {printed} bytes were collected");
}
