//! Refuses schemas on which the generator fails, or whose types fail at run time.

use std::collections::BTreeMap;

use serde_json::Value;
use spec_model::{SCHEMAS, at, escape, list, members, merged, sites::Site};

use super::{
    Report,
    values::{self, TYPES},
};
use crate::{lower::kind, names};

/// Keywords that have no meaning without a type.
const TYPED: [&str; 13] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

pub(super) fn check(document: &Value, sites: &[Site], report: &mut Report) {
    for site in sites {
        let Some(schema) = at(document, &site.pointer) else {
            continue;
        };
        if let Some(target) = schema.get("$ref") {
            reference(target, &site.pointer, report);
            continue;
        }
        compositions(schema, &site.pointer, report);
        values::check(schema, &site.pointer, report);
        types(schema, &site.pointer, report);
        later_version(schema, &site.pointer, report);
        any_of(document, schema, &site.pointer, report);
        discriminator(schema, &site.pointer, report);
        pattern(schema, &site.pointer, report);
    }
    component_names(document, report);
}

fn reference(target: &Value, pointer: &str, report: &mut Report) {
    let is_other = match target.as_str() {
        Some(target) => target.starts_with("#/components/") && !target.starts_with(SCHEMAS),
        None => true,
    };
    if is_other {
        report.refuse(
            pointer,
            format!("the reference {target} does not lead to a schema"),
            "refer to a component under #/components/schemas/",
        );
    }
}

/// Refuses empty compositions. They allow either no value or any value.
fn compositions(schema: &Value, pointer: &str, report: &mut Report) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if schema.get(keyword) == Some(&Value::Array(Vec::new())) {
            report.refuse(
                format!("{pointer}/{keyword}"),
                format!("{keyword} holds no schemas"),
                "leave the keyword out, or name at least one schema",
            );
        }
    }
}

fn types(schema: &Value, pointer: &str, report: &mut Report) {
    let kind = schema.get("type").and_then(Value::as_str);
    if let Some(kind) = kind.filter(|kind| !TYPES.contains(kind)) {
        report.refuse(
            format!("{pointer}/type"),
            format!("OpenAPI 3.0 has no type {kind:?}"),
            match kind {
                "null" => "leave this schema out, and write `nullable: true` beside the others",
                _ => "write one of array, boolean, integer, number, object and string",
            },
        );
    }
    if kind == Some("array") && schema.get("items").is_none() {
        report.refuse(
            pointer,
            "the list does not say what it holds",
            "add `items`; `items: {}` allows any JSON value",
        );
    }
    let composed = ["allOf", "anyOf", "oneOf", "not"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    let typed = TYPED.iter().find(|keyword| schema.get(keyword).is_some());
    if let (None, false, Some(keyword)) = (schema.get("type"), composed, typed) {
        report.refuse(
            pointer,
            format!("the schema has {keyword} but no type, and would become a list"),
            "add the `type` that the keyword belongs to",
        );
    }
}

/// Refuses syntax of OpenAPI 3.1.
fn later_version(schema: &Value, pointer: &str, report: &mut Report) {
    if schema.get("type").is_some_and(|kind| !kind.is_string()) {
        report.refuse(
            format!("{pointer}/type"),
            "the type is not one word, which is OpenAPI 3.1",
            "write one type, and `nullable: true` for null",
        );
    }
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(keyword).is_some_and(Value::is_number) {
            report.refuse(
                format!("{pointer}/{keyword}"),
                format!("{keyword} is a number, which is OpenAPI 3.1"),
                "write the number in `minimum` or `maximum`, and `true` here",
            );
        }
    }
    if schema.get("const").is_some() {
        report.refuse(
            format!("{pointer}/const"),
            "const is OpenAPI 3.1",
            "write an enum of one value",
        );
    }
}

/// Refuses an `anyOf` with several alternatives whose type is unknown. `lower::alternatives`
/// merges alternatives of one type, but not these. They may overlap, and then the generated
/// type can't read a value back.
fn any_of(document: &Value, schema: &Value, pointer: &str, report: &mut Report) {
    let alternatives = list(schema, "anyOf").map(|(_, member)| merged(document, member));
    let without_type = alternatives.filter(|member| {
        let composed = ["anyOf", "not", "oneOf"];
        let is_composed = composed.iter().any(|keyword| member.contains_key(*keyword));
        is_composed && kind(member).is_none()
    });
    if without_type.count() > 1 {
        report.refuse(
            format!("{pointer}/anyOf"),
            "alternatives of anyOf overlap, and the type made of them cannot be read back",
            "write one object with optional properties, or an open enum for a set of strings",
        );
    }
}

fn discriminator(schema: &Value, pointer: &str, report: &mut Report) {
    if schema.get("discriminator").is_some() {
        report.convention(
            format!("{pointer}/discriminator"),
            "the discriminator is ignored, and the first alternative that fits is taken",
            "make the alternatives differ in a required property, the most specific first",
        );
    }
}

fn pattern(schema: &Value, pointer: &str, report: &mut Report) {
    if let Some(source) = schema.get("pattern").and_then(Value::as_str)
        && let Err(error) = regress::Regex::new(source)
    {
        report.refuse(
            format!("{pointer}/pattern"),
            format!("the pattern does not compile: {error}"),
            "write an expression of ECMA 262",
        );
    }
}

fn component_names(document: &Value, report: &mut Report) {
    let mut types = BTreeMap::new();
    for (name, _) in members(document, "/components/schemas") {
        let pointer = format!("/components/schemas/{}", escape(name));
        if names::pascal(name) == "Error" {
            report.convention(
                &pointer,
                "a type named Error would stand beside the client's own",
                "name it ErrorBody",
            );
        }
        if let Some(first) = types.insert(names::pascal(name), name) {
            report.refuse(
                pointer,
                format!("the names {first:?} and {name:?} make the same type"),
                "rename one of the components",
            );
        }
    }
}
