//! What the fuzzers run, as plain functions.
//!
//! `fuzz/` feeds them with libFuzzer for as long as one likes, and the tests
//! with the seeds and a fixed number of their mutations.

mod input;
mod mutate;
mod names;
mod responses;

pub use self::mutate::Mutations;

/// Something that takes any bytes without a panic.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is also that of its binary and of its seeds' folder.
    pub name: &'static str,
    /// Takes one input.
    ///
    /// # Panics
    ///
    /// When a promise is broken, which is what a fuzzer looks for.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: [Target; 7] = [
    Target {
        name: "cursor",
        run: names::cursor,
    },
    Target {
        name: "datetime",
        run: responses::datetime,
    },
    Target {
        name: "error_body",
        run: responses::error_body,
    },
    Target {
        name: "headers",
        run: responses::headers,
    },
    Target {
        name: "response",
        run: responses::whole,
    },
    Target {
        name: "subdomain",
        run: names::subdomain,
    },
    Target {
        name: "ticket",
        run: responses::ticket,
    },
];

/// Runs the target of this name.
///
/// # Panics
///
/// When there is none, or as the target does.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").run)(data);
}
