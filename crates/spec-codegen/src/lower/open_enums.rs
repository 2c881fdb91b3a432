//! Replaces an open enum by an enum of its known values.
//!
//! The generator doesn't support open enums. It makes a closed enum, to which
//! `polish::open_enums` adds a variant for other values.

use serde_json::Value;

pub(super) fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        let known = schema.shift_remove("x-extensible-enum");
        known
            .map(|known| schema.insert("enum".into(), known))
            .is_some()
    })
}
