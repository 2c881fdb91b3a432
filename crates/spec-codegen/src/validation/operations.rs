//! Generates the rules of parameters and bodies, which are checked in every request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use spec_model::{LIMITS, component, members, reference, resolve};

use super::rules::{self, Rules};
use crate::{
    calls::{BODY, Checks},
    lower::sent,
    names,
};

/// Generates the rules of parameters, and of bodies that aren't a component with a rule.
/// Returns the rules, and the names of the rules of all parameters and bodies.
pub(super) fn generate(
    document: &Value,
    structs: &BTreeSet<String>,
    rules: &mut Rules,
) -> (TokenStream, Checks) {
    let mut statics = TokenStream::new();
    let mut checks = Checks::new();
    for operation in spec_model::operations(document) {
        let id = operation.id().unwrap_or_default();
        let mut check = |of: &str, rule: TokenStream| {
            // With two underscores, the name differs from the names of components.
            let [owner, which] = [id, of].map(rules::static_name);
            let name = format_ident!("{owner}__{which}");
            statics.extend(quote!(pub(super) static #name: Rule = #rule;));
            checks.insert((id.to_owned(), of.to_owned()), name);
        };
        let mut seen = BTreeSet::new();
        for parameter in operation.parameters(document) {
            let name = parameter.get("name").and_then(Value::as_str);
            let (Some(name), Some(schema)) = (name, parameter.get("schema")) else {
                continue;
            };
            if seen.insert(name) && is_checked(document, schema, DEPTH) {
                let rule = rules.rule(schema);
                check(name, quote!(#rule.nullable()));
            }
        }
        let Some(schema) = body(document, operation.value) else {
            continue;
        };
        let component = reference(schema).filter(|_| schema.get("enum").is_none());
        match component.filter(|name| structs.contains(&names::pascal(name))) {
            Some(component) => {
                let name = rules::static_name(component);
                checks.insert((id.to_owned(), BODY.to_owned()), name);
            }
            None => {
                let rule = rules.rule(schema);
                check(BODY, rule);
            }
        }
    }
    (statics, checks)
}

/// Returns the schema of a body, if the client serializes the body from a value.
fn body<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let body = resolve(document, operation.get("requestBody")?);
    let content = body.get("content")?;
    let media = sent(content)?;
    let content = content.get(media)?;
    let written = ["application/json", "application/x-www-form-urlencoded"];
    let is_written = written.iter().any(|written| media.starts_with(written));
    content.get("schema").filter(|_| is_written)
}

/// The depth to which the schema of a parameter is searched for keywords to check.
const DEPTH: usize = 4;

/// Whether a schema has a keyword that a rule checks.
fn is_checked(document: &Value, schema: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let schema = match reference(schema) {
        Some(name) => component(document, name).unwrap_or(schema),
        None => schema,
    };
    let mut inner = members(schema, "/properties").map(|(_, property)| property);
    let items = schema.get("items");
    // The types of parameters don't enforce these keywords.
    let mut checked = LIMITS.iter().chain(&["enum"]);
    checked.any(|keyword| schema.get(keyword).is_some())
        || items.is_some_and(|items| is_checked(document, items, depth))
        || inner.any(|property| is_checked(document, property, depth))
}
