//! Tests the verdict on Rust with generated documents.

use proptest::prelude::*;
use serde_json::json;
use spec_codegen::lint::Origin;
use spec_diff::compare;
use spec_model::operations;
use spec_model::sample::{Size, document, generatable, revise};
use xtask::diff::rust;

/// Small enough to generate from in a debug build.
const SMALL: Size = Size {
    paths: 6,
    schemas: 14,
    properties: 5,
    depth: 2,
};

#[test]
fn a_document_with_many_operations_is_generated_and_compared() {
    let old = generatable(document(3, SMALL));
    assert!(operations(&old).count() > 6);
    let mut new = old.clone();
    let schemas = new["components"]["schemas"].as_object_mut().unwrap();
    schemas["Branch5"]["properties"]["brand_new"] = json!({"type": "string"});
    let rust = rust::compare(&old, &new, Origin::Foreign, &compare(&old, &new));
    assert_eq!(rust.verdict, rust::RustVerdict::Additive, "{rust:#?}");
}

#[test]
fn path_parameters_in_another_order_break_calls() {
    let document = |path: &str| {
        let parameter = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "integer"}});
        json!({
            "openapi": "3.0.3", "info": {"title": "Depot", "version": "1"},
            "paths": {path: {"get": {
                "operationId": "get_parcel",
                "parameters": [parameter("depot"), parameter("parcel")],
                "responses": {"204": {"description": "It is there."}},
            }}},
        })
    };
    let old = document("/depots/{depot}/parcels/{parcel}");
    for path in [
        "/parcels/{parcel}/depots/{depot}",
        "/depots/{parcel}/parcels/{depot}",
    ] {
        let new = document(path);
        let rust = rust::compare(&old, &new, Origin::Foreign, &compare(&old, &new));
        assert_eq!(rust.verdict, rust::RustVerdict::Breaking, "{rust:#?}");
        let change = rust
            .changes
            .iter()
            .find(|change| change.item == "Client::get_parcel");
        let message = &change.unwrap().message;
        assert_eq!(message, "the function takes its arguments in another order");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_the_generator_does_rust_has_a_verdict(seed: u64, edits in 1_usize..20) {
        let old = generatable(document(seed, SMALL));
        let new = revise(&old, seed, edits);
        let wire = compare(&old, &new);
        let there = rust::compare(&old, &new, Origin::Foreign, &wire);
        // A refusal has a reason.
        let is_refused = there.verdict == rust::RustVerdict::NotGeneratable;
        prop_assert_eq!(is_refused, there.reason.is_some());
        prop_assert!(!is_refused || there.changes.is_empty());
        let same = rust::compare(&new, &new, Origin::Foreign, &wire);
        prop_assert!(matches!(same.verdict, rust::RustVerdict::None | rust::RustVerdict::NotGeneratable));
        // An addition in one direction is a removal in the other.
        let back = rust::compare(&new, &old, Origin::Foreign, &compare(&new, &old));
        prop_assert_eq!(back.verdict == rust::RustVerdict::None, there.verdict == rust::RustVerdict::None);
        if there.verdict == rust::RustVerdict::Additive {
            prop_assert_eq!(back.verdict, rust::RustVerdict::Breaking);
        }
    }
}
