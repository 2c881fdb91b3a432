//! The fuzz targets, as plain functions.
//!
//! `fuzz/` runs them with libFuzzer for any length of time. The tests run them with
//! the seeds and a fixed number of mutations.

mod input;
mod mutate;
mod names;
mod responses;

pub use self::mutate::Mutations;

/// A function that checks our promises for any bytes. It panics when a promise is
/// broken, and a fuzzer reports the panic.
type Target = fn(&[u8]);

/// All targets. A target, its binary and the folder of its seeds have the same name.
pub const TARGETS: [(&str, Target); 7] = [
    ("cursor", names::cursor),
    ("datetime", responses::datetime),
    ("error_body", responses::error_body),
    ("headers", responses::headers),
    ("response", responses::whole),
    ("subdomain", names::subdomain),
    ("ticket", responses::ticket),
];

/// Runs the target with this name.
///
/// # Panics
///
/// When there is no such target, or when the target panics.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = target.expect("a target of this name");
    target(data);
}
