//! Does nothing but ask a pacer: `pacer COUNT`.
//!
//! One slot with its answer is the queue, the timer, the decisions, reading the
//! headers and what is learned from them. The decisions alone are what happens
//! within `Machine`'s `decide`, which is asked twice for a slot that has to be
//! waited for.

use bench_programs::{AnyError, argument, print_allocations};
use gorgias::pacer::{Automatic, Outcome, Pacer, Turn};
use http::{HeaderMap, HeaderValue, StatusCode};

fn main() -> Result<(), AnyError> {
    let count: u32 = argument(1)?.parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    let mut headers = HeaderMap::new();
    let used = HeaderValue::from_static("20/40");
    headers.insert("x-gorgias-account-api-call-limit", used);
    runtime.block_on(async {
        let pacer = Automatic::seeded(1);
        for _ in 0..count {
            let slot = pacer.slot(Turn::default()).await;
            let (status, headers) = (StatusCode::CREATED, &headers);
            pacer.settle(slot, Outcome::Answered { status, headers });
        }
    });
    print_allocations();
    Ok(())
}
