//! Tests every schema rule: in requests and responses, and for the change and
//! its reverse.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};
use spec_diff::compatibility::{Class, Direction, Effect};
use spec_diff::rules::{self, Basis};
use spec_diff::{Wire, compare};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    old: Value,
    new: Value,
    there: String,
    back: String,
    /// Whether the schema excludes values, as in `not`, so that the direction
    /// is flipped.
    #[serde(default)]
    flipped: bool,
}

fn cases() -> Vec<Case> {
    let list = spec_model::load::parse(include_str!("schemas.yaml")).unwrap();
    serde_json::from_value(list).unwrap()
}

/// Returns a document in which the schema is a property of one message.
pub fn document(schema: &Value, direction: Direction) -> Value {
    let message = json!({"application/json": {"schema": {
        "type": "object",
        "properties": {"value": schema},
    }}});
    let (mut body, mut answer) = (json!({}), json!({}));
    match direction {
        Direction::Request => body = message,
        Direction::Response => answer = message,
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Parcels", "version": "1"},
        "paths": {"/parcels": {"post": {
            "operationId": "send_parcel",
            "requestBody": {"content": body},
            "responses": {"200": {"description": "ok", "content": answer}},
        }}},
        "components": {"schemas": {
            "Crate": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "Twin": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "Label": {"type": "object", "required": ["l"], "properties": {"l": {"type": "string"}}},
            "Color": {"type": "string", "x-extensible-enum": ["red", "green", "blue"]},
        }},
    })
}

fn compared(old: &Value, new: &Value, direction: Direction) -> Wire {
    compare(&document(old, direction), &document(new, direction))
}

/// Returns the id and class of a rule for a direction.
fn expected(name: &str, direction: Direction, flipped: bool) -> (String, Class) {
    let (rule, _) = rules::find(name).unwrap_or_else(|| panic!("no rule {name}"));
    let way = if flipped {
        direction.flipped()
    } else {
        direction
    };
    (rule.id(way), rule.judge(way))
}

#[test]
fn each_pair_is_one_change_of_the_stated_rule() {
    let mut wrong = String::new();
    for case in cases() {
        for direction in Direction::BOTH {
            for (old, new, rule) in [
                (&case.old, &case.new, &case.there),
                (&case.new, &case.old, &case.back),
            ] {
                let wire = compared(old, new, direction);
                let found: Vec<_> = wire
                    .changes
                    .iter()
                    .map(|change| (change.id.clone(), change.class))
                    .collect();
                let expected = expected(rule, direction, case.flipped);
                if found != [expected] {
                    let (name, changes) = (&case.name, wire.changes);
                    let _ = writeln!(wrong, "{name}: expected {rule}, found {changes:#?}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn request_and_response_verdicts_mirror_each_other() {
    for case in cases() {
        let rules = [&case.there, &case.back].map(|name| rules::find(name).unwrap().0);
        // Rules that judge the directions differently have a reason for it.
        let is_even = |basis: Basis| match basis {
            Basis::Message {
                request, response, ..
            } => request == response,
            Basis::Interface(_) | Basis::Documentation => false,
        };
        if !rules.iter().all(|rule| is_even(rule.basis)) {
            continue;
        }
        let [there, back] = rules.map(|rule| rule.effect(Direction::Request));
        let is_inverse = match there {
            Some(Effect::Narrows) => back == Some(Effect::Widens),
            Some(Effect::Widens) => back == Some(Effect::Narrows),
            same => back == same,
        };
        // Some rules have no inverse: removing a property from requests is
        // unknown, and a read-only property that returns has another effect.
        if !is_inverse {
            continue;
        }
        let request = compared(&case.old, &case.new, Direction::Request).verdict;
        let response = compared(&case.new, &case.old, Direction::Response).verdict;
        assert_eq!(request, response, "{}", case.name);
    }
}

#[test]
fn every_schema_rule_has_a_pair() {
    let used: Vec<String> = cases()
        .into_iter()
        .flat_map(|case| [case.there, case.back])
        .collect();
    let elsewhere = [
        "xml-changed",
        "variants-overlap",
        "variants-may-overlap",
        "variants-parted",
        "union-values-added",
    ];
    for (area, rules) in rules::areas() {
        if area.starts_with("Schemas") {
            for rule in rules {
                let has = used.iter().any(|name| name == rule.name);
                assert!(has || elsewhere.contains(&rule.name), "{}", rule.name);
            }
        }
    }
}

/// Returns the names of the rules that were found, without the direction.
fn found(old: &Value, new: &Value, direction: Direction) -> Vec<String> {
    let wire = compared(old, new, direction);
    let prefix = format!("{}-", direction.word());
    let bare = |id: &str| id.strip_prefix(&prefix).unwrap_or(id).to_owned();
    wire.changes.iter().map(|change| bare(&change.id)).collect()
}

#[test]
fn a_variant_that_grows_into_another_breaks_requests() {
    let one_of = |second: Value| {
        let first = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string"}, "b": {"type": "string"},
        }});
        json!({"oneOf": [first, second]})
    };
    let second = |required: Value, kind: Value| json!({"type": "object", "required": required, "properties": {"b": kind, "c": {"type": "string"}}});
    let text = json!({"type": "string"});
    let before = one_of(second(json!(["b", "c"]), text.clone()));
    let after = one_of(second(json!(["b"]), text));
    assert_eq!(
        found(&before, &after, Direction::Request),
        ["variants-may-overlap", "property-became-optional"]
    );
    let after = one_of(
        json!({"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "string"}}}),
    );
    let found = found(&before, &after, Direction::Request);
    assert!(
        found.iter().any(|rule| rule == "variants-overlap"),
        "{found:?}"
    );
}

#[test]
fn a_variant_that_leaves_another_alone_breaks_responses() {
    let one_of = |second: Value| json!({"oneOf": [{"type": "integer", "maximum": 9}, second]});
    let before = one_of(json!({"type": "number"}));
    let after = one_of(json!({"type": "number", "minimum": 10}));
    assert_eq!(
        found(&before, &after, Direction::Response),
        ["variants-parted", "min-set"]
    );
}

#[test]
fn a_value_that_two_variants_took_and_one_takes_now_breaks_responses() {
    let before = json!({"oneOf": [{"type": "integer"}, {"type": "number"}]});
    let after = json!({"oneOf": [{"type": "integer", "maximum": 9}, {"type": "number"}]});
    assert_eq!(
        found(&before, &after, Direction::Response),
        ["union-values-added", "max-set"]
    );
}

#[test]
fn limits_of_a_variant_may_be_as_large_as_json_writes_them() {
    let one_of = |most: Value| {
        let large = json!({"type": "integer", "maximum": most});
        json!({"oneOf": [large, {"type": "number", "minimum": 5}]})
    };
    let (before, after) = (one_of(json!(u64::MAX)), one_of(json!(i64::MIN)));
    assert_eq!(
        found(&before, &after, Direction::Response),
        ["variants-parted", "max-decreased"]
    );
    assert_eq!(
        found(
            &one_of(json!(u64::MAX)),
            &one_of(json!(9)),
            Direction::Response
        ),
        ["union-values-added", "max-decreased"]
    );
}

#[test]
fn another_discriminator_is_reported_beside_a_new_variant() {
    let variants = |names: &[&str], property: &str| {
        let variants = names.iter();
        let variants = variants.map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
        json!({
            "oneOf": variants.collect::<Vec<_>>(),
            "discriminator": {"propertyName": property},
        })
    };
    let before = variants(&["Crate"], "type");
    let after = variants(&["Crate", "Label"], "kind");
    assert_eq!(
        found(&before, &after, Direction::Response),
        ["one-of-variant-added", "discriminator-changed"]
    );
}

#[test]
fn null_of_a_union_is_told_although_one_variant_contains_the_other() {
    let before = json!({"anyOf": [{"type": "number"}, {"type": "string"}]});
    let after = json!({"anyOf": [{"type": "number"}, {"type": "integer"}], "nullable": true});
    assert_eq!(
        found(&before, &after, Direction::Response),
        ["became-nullable", "any-of-variant-removed"]
    );
    assert_eq!(
        found(&after, &before, Direction::Request),
        ["became-not-nullable", "any-of-variant-added"]
    );
}

#[test]
fn it_does_not_matter_which_part_of_a_union_says_null() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    let either = json!({"type": "string", "nullable": true});
    let spellings = [
        json!({"nullable": true, "anyOf": [text, number]}),
        json!({"anyOf": [either, number]}),
        json!({"anyOf": [text, {"type": "integer", "nullable": true}]}),
    ];
    for old in &spellings {
        for new in spellings.iter().filter(|new| *new != old) {
            for direction in Direction::BOTH {
                let found = found(old, new, direction);
                assert!(
                    found.iter().all(|rule| rule == "without-effect"),
                    "{found:?}"
                );
            }
        }
    }
}

#[test]
fn tagged_variants_are_matched_however_much_they_grow() {
    let one_of = |more: Value| {
        let mut crates = json!({"type": "object", "required": ["kind"], "properties": {
            "kind": {"type": "string", "enum": ["crate"]},
        }});
        if let (Some(properties), Value::Object(more)) =
            (crates["properties"].as_object_mut(), more)
        {
            properties.extend(more);
        }
        let bags = json!({"type": "object", "required": ["kind"], "properties": {
            "kind": {"type": "string", "enum": ["bag"]},
        }});
        json!({"oneOf": [bags, crates]})
    };
    let text = json!({"type": "string"});
    let more = json!({"p": text, "q": text, "r": text});
    for direction in Direction::BOTH {
        assert_eq!(
            found(&one_of(json!({})), &one_of(more.clone()), direction),
            ["property-added", "property-added", "property-added"]
        );
    }
}
