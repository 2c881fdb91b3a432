//! Asks a pacer for slots, finishes them, and prints the allocations:
//! `pacer COUNT`.
//!
//! The measured cost of a slot is that of the queue, the timer, the decisions,
//! and the answer with its headers. The cost of a decision is that of
//! `Machine::decide` alone, which is called twice for a slot with a wait.

use bench_programs::{AnyError, argument, print_allocations};
use gorgias::pacer::{Automatic, Pacer, RequestOutcome, Turn};
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
            pacer.finish(slot, RequestOutcome::Answered { status, headers });
        }
    });
    print_allocations();
    Ok(())
}
