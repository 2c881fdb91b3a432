//! The fuzz targets, as plain functions.
//!
//! `fuzz/` runs them with libFuzzer for any time. The tests run them with the
//! seeds and a fixed number of mutations.

mod input;
mod mutate;
mod names;
mod responses;

pub use self::mutate::Mutations;

/// A function that must take any bytes without a panic.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name, also of the binary and of the folder of its seeds.
    pub name: &'static str,
    /// Runs the target with one input.
    ///
    /// # Panics
    ///
    /// When a promise is broken, which is how a fuzzer finds it.
    pub run: fn(&[u8]),
}

/// All targets.
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

/// Runs the target with this name.
///
/// # Panics
///
/// When there is no such target, or when the target panics.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").run)(data);
}
