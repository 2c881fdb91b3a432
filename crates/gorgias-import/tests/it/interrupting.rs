//! Tests that dropping an import at any await loses nothing.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use gorgias_emulator::{Applied, Fault, FaultRule};
use proptest::prelude::*;

use crate::support::{Watch, World, key, lines};

const LINES: usize = 24;

/// Polls an import this many times, and then drops it. Returns whether it ended
/// before.
async fn interrupted(world: &World, concurrency: usize, mut polls: u32) -> bool {
    let text = lines(LINES);
    let mut watch = Watch::default();
    let import = world.import().concurrency(concurrency);
    let mut run = pin!(import.run(text.as_bytes(), &mut watch));
    poll_fn(|context| {
        if polls == 0 {
            return Poll::Ready(false);
        }
        polls -= 1;
        match run.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

fn slow(world: &World, applied_late: bool) {
    let mut fault = Fault::none()
        .latency(Duration::from_millis(30))
        .response_latency(Duration::from_millis(170));
    if applied_late {
        fault = fault.applied(Applied::After(Duration::from_secs(5)));
    }
    let rule = FaultRule::new(fault).operation("create_ticket");
    world.emulator.inject(rule.always());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_is_lost_and_nothing_doubled(
        interruptions in proptest::collection::vec(0_u32..80, 1..6),
        concurrency in 1_usize..10,
        rest in 0_u64..100,
        late in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let world = World::new();
            slow(&world, late);
            for polls in interruptions {
                interrupted(&world, concurrency, polls).await;
                tokio::time::sleep(Duration::from_secs(rest)).await;
            }
            world.emulator.clear_faults();
            let mut watch = Watch::default();
            let text = lines(LINES);
            let summary = world.import().run(text.as_bytes(), &mut watch).await.unwrap();
            prop_assert_eq!(summary.total, LINES as u64);
            prop_assert_eq!(summary.created + summary.found, LINES as u64);
            prop_assert_eq!((summary.missing, summary.duplicates), (Some(0), Some(0)));
            for number in 0..LINES {
                prop_assert_eq!(world.count(&key(number)), 1, "{}", key(number));
            }
            prop_assert_eq!(watch.reports.len(), LINES);
            Ok(())
        })?;
    }
}
