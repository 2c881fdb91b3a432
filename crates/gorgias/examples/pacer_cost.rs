//! Does nothing but ask a pacer, for counting what that costs.
//!
//! ```text
//! cargo build --release -p gorgias --example pacer_cost
//! valgrind --tool=callgrind target/release/examples/pacer_cost 10000
//! valgrind --tool=callgrind target/release/examples/pacer_cost 20000
//! ```
//!
//! The difference of the two counts, divided by 10000, is the cost of one slot
//! with its answer: the queue, the timer, the decision, reading the headers and
//! what is learned from them. Of the decision alone
//! `callgrind_annotate --inclusive=yes` tells, in the line of `Machine`'s
//! `decide`, which is asked twice for a slot that has to be waited for.

use gorgias::pacer::{Automatic, Outcome, Pacer, Turn};
use http::{HeaderMap, HeaderValue, StatusCode};

fn main() {
    let count = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input or output can always be made");
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
}
