//! How long comparing two large documents takes, as a multiple of parsing
//! them. Parsing is the yardstick, because it is slow and fast on the same
//! machines.

#[path = "../tests/diff/realistic.rs"]
mod realistic;

use std::time::{Duration, Instant};

use realistic::{Size, document, revise};
use xtask::diff::wire;
use xtask::load;

/// About 12 MB of JSON, more than the largest public documents.
const LARGE: Size = Size {
    paths: 400,
    schemas: 900,
    properties: 14,
    depth: 3,
};

/// The best of several runs: the one least disturbed.
fn best<T>(runs: usize, mut run: impl FnMut() -> T) -> (T, Duration) {
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        let result = run();
        (result, start.elapsed())
    });
    timed
        .min_by_key(|(_, time)| *time)
        .expect("at least one run")
}

fn main() {
    let old = document(1, LARGE);
    let old_text = serde_json::to_string_pretty(&old).expect("JSON");
    println!("{:.1} MB each", old_text.len() as f64 / 1e6);
    for edits in [0, 1, 20, 400] {
        let new_text = serde_json::to_string_pretty(&revise(&old, 7, edits)).expect("JSON");
        let parse = || {
            (
                load::parse(&old_text).expect("JSON"),
                load::parse(&new_text).expect("JSON"),
            )
        };
        let ((old, new), parsing) = best(3, parse);
        let (wire, comparing) = best(3, || wire::compare(&old, &new));
        println!(
            "{edits:>4} edits: {:>5} changes, parsing {:.2} s, comparing {:.2} s, {:.1} times parsing",
            wire.changes.len(),
            parsing.as_secs_f64(),
            comparing.as_secs_f64(),
            comparing.as_secs_f64() / parsing.as_secs_f64(),
        );
    }
}
