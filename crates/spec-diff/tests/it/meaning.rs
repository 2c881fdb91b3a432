//! Compares verdicts with the meaning of schemas. If a change is compatible,
//! there must be no value that the sender may send and the receiver refuses.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use spec_diff::compare;
use spec_diff::compatibility::{Class, Direction};

use crate::schemas::document;

/// Values at and next to the limits of the schemas below.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(0.5),
        json!(2.5),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!("abc"),
    ]
}

/// Whether a value is valid, as the specification defines it.
fn fits(schema: &Value, value: &Value) -> bool {
    if value.is_null() && schema["nullable"] == json!(true) {
        return true;
    }
    let count = |keyword: &str| {
        let variants = schema[keyword].as_array()?.iter();
        Some(variants.filter(|variant| fits(variant, value)).count())
    };
    let is_of_type = match schema["type"].as_str() {
        None => true,
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        other => panic!("{other:?}"),
    };
    let number = |key: &str| schema[key].as_f64();
    let is_inside = value.as_f64().is_none_or(|value| {
        number("minimum").is_none_or(|least| value >= least)
            && number("maximum").is_none_or(|most| value <= most)
    });
    let is_short = value.as_str().is_none_or(|text| {
        let length = u64::try_from(text.len()).unwrap();
        schema["maxLength"]
            .as_u64()
            .is_none_or(|most| length <= most)
    });
    let is_listed = schema["enum"]
        .as_array()
        .is_none_or(|list| list.contains(value));
    is_of_type
        && is_inside
        && is_short
        && is_listed
        && count("anyOf").is_none_or(|count| count > 0)
        && count("oneOf").is_none_or(|count| count == 1)
}

fn with(mut schema: Value, keyword: &str, value: Option<Value>) -> Value {
    if let Some(value) = value {
        schema[keyword] = value;
    }
    schema
}

fn scalar() -> impl Strategy<Value = Value> {
    let limit = || proptest::option::of(0..3_i64);
    let numbers =
        (select(vec!["integer", "number"]), limit(), limit()).prop_map(|(kind, least, most)| {
            let schema = with(json!({"type": kind}), "minimum", least.map(Value::from));
            with(schema, "maximum", most.map(Value::from))
        });
    let texts = (limit(), subsequence(vec!["a", "b", "abc"], 0..=3)).prop_map(|(most, listed)| {
        let listed = Some(json!(listed)).filter(|_| !listed.is_empty());
        let schema = with(
            json!({"type": "string"}),
            "maxLength",
            most.map(Value::from),
        );
        with(schema, "enum", listed)
    });
    let schemas = prop_oneof![numbers, texts];
    (schemas, proptest::bool::weighted(0.2))
        .prop_map(|(schema, is_null)| with(schema, "nullable", is_null.then_some(json!(true))))
}

fn schema() -> impl Strategy<Value = Value> {
    let variants = proptest::collection::vec(scalar(), 1..4);
    let unions = (
        select(vec!["anyOf", "oneOf"]),
        variants,
        proptest::bool::weighted(0.2),
    );
    let unions = unions.prop_map(|(keyword, variants, is_null)| {
        with(
            json!({keyword: variants}),
            "nullable",
            is_null.then_some(json!(true)),
        )
    });
    prop_oneof![1 => scalar(), 2 => unions]
}

/// Uses the same cases in every run, so that a new failure has its cause in the
/// change at hand.
fn config() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::with_cases(2_000)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_callers_sent_is_taken_after_a_compatible_change(
        old in schema(), new in schema(),
    ) {
        hold(&old, &new, Direction::Request)?;
    }

    #[test]
    fn what_comes_after_a_compatible_change_was_told_before(
        old in schema(), new in schema(),
    ) {
        hold(&old, &new, Direction::Response)?;
    }
}

fn hold(old: &Value, new: &Value, direction: Direction) -> Result<(), TestCaseError> {
    let wire = compare(&document(old, direction), &document(new, direction));
    if wire.verdict == Some(Class::Breaking) {
        return Ok(());
    }
    let (sender, receiver) = match direction {
        Direction::Request => (old, new),
        Direction::Response => (new, old),
    };
    let is_plain = wire.verdict <= Some(Class::DocOnly);
    for value in values() {
        let (sent, taken) = (fits(sender, &value), fits(receiver, &value));
        prop_assert!(
            (!sent || taken) && (!is_plain || sent == taken),
            "{value}: {old} -> {new}: {:#?}",
            wire.changes
        );
    }
    Ok(())
}
