//! Writes the known values of an open enum as an enum.
//!
//! The generator knows no open enums. It makes a closed one here, which the
//! polish opens again.

use serde_json::Value;

use super::Pass;

pub(super) const PASS: Pass<Value> = Pass {
    name: "open enums",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        let known = schema.shift_remove("x-extensible-enum");
        known
            .map(|known| schema.insert("enum".into(), known))
            .is_some()
    })
}
