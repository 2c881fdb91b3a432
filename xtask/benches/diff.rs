//! Measures how long comparing two large documents takes, as a multiple of
//! parsing them. Parsing is the yardstick, because its speed depends on the
//! machine in the same way.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::Value;
use spec_codegen::lint::Origin;
use spec_model::load;
use spec_model::operations;
use spec_model::sample::{Size, document, generatable, revise};
use xtask::diff::rust::{self, RustVerdict};

/// About 12 MB of JSON, more than the largest public documents.
const LARGE: Size = Size {
    paths: 400,
    schemas: 900,
    properties: 14,
    depth: 3,
};

/// Over 300 operations.
const BROAD: Size = Size {
    paths: 140,
    schemas: 250,
    properties: 9,
    depth: 1,
};

/// A pair of documents as text.
struct Pair {
    name: String,
    old: String,
    new: String,
}

impl Pair {
    fn of(name: String, old: &Value, new: &Value) -> Self {
        let text = |document| serde_json::to_string_pretty(document).expect("JSON");
        let (old, new) = (text(old), text(new));
        Self { name, old, new }
    }

    fn parse(&self) -> (Value, Value) {
        (
            load::parse(&self.old).expect("JSON"),
            load::parse(&self.new).expect("JSON"),
        )
    }

    /// Times a comparison, and prints it with its result.
    fn time(&self, runs: usize, compare: impl Fn(&Value, &Value) -> String) {
        let ((old, new), parsing) = best(runs, || self.parse());
        let (found, comparing) = best(runs, || compare(&old, &new));
        println!(
            "{}, {:.1} MB each: parsing {:.2} s, comparing {:.2} s, {:.1} times parsing; {found}",
            self.name,
            self.old.len() as f64 / 1e6,
            parsing.as_secs_f64(),
            comparing.as_secs_f64(),
            comparing.as_secs_f64() / parsing.as_secs_f64(),
        );
    }
}

/// Returns the fastest of several runs, which other work disturbed least.
fn best<T>(runs: usize, mut run: impl FnMut() -> T) -> (T, Duration) {
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        let result = black_box(run());
        (result, start.elapsed())
    });
    timed
        .min_by_key(|(_, time)| *time)
        .expect("at least one run")
}

fn main() {
    println!("the wire");
    let old = document(1, LARGE);
    for edits in [0, 1, 20, 400] {
        let pair = Pair::of(format!("{edits} edits"), &old, &revise(&old, 7, edits));
        pair.time(3, |old, new| {
            format!("{} changes", spec_diff::compare(old, new).changes.len())
        });
    }

    println!("the wire and Rust");
    let old = generatable(document(1, BROAD));
    let mut new = old.clone();
    let schemas = &mut new["components"]["schemas"];
    let schemas = schemas.as_object_mut().expect("schemas");
    for schema in schemas
        .values_mut()
        .filter(|one| one["properties"].is_object())
    {
        schema["properties"]["a_new_one"] = serde_json::json!({"type": "string"});
    }
    let pair = Pair::of(
        format!("{} operations", operations(&old).count()),
        &old,
        &new,
    );
    pair.time(2, |old, new| {
        let wire = spec_diff::compare(old, new);
        let rust = rust::compare(old, new, Origin::Foreign, &wire);
        assert_ne!(
            rust.verdict,
            RustVerdict::NotGeneratable,
            "{:?}",
            rust.reason
        );
        let (wire, rust) = (wire.changes.len(), rust.changes.len());
        format!("{wire} changes on the wire, {rust} in Rust")
    });
}
