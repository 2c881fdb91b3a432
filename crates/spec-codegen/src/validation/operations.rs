//! Checks of parameters, which every request runs through.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use spec_model::{METHODS, list, members, resolve};
use syn::{File, ImplItem, Item, parse_quote};

use super::rules::{self, Rules};
use crate::names;

/// Keywords of a parameter's schema that its Rust type does not enforce.
const CHECKED: [&str; 12] = [
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
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

/// Writes the rules of parameters, and calls for them in `client`.
pub(super) fn generate(document: &Value, client: &mut File, rules: &mut Rules) -> TokenStream {
    let mut statics = TokenStream::new();
    for (_, item) in members(document, "/paths") {
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let id = operation.get("operationId").and_then(Value::as_str);
            let id = id.unwrap_or_default();
            let Some(items) = crate::polish::module(&mut client.items, "builder") else {
                continue;
            };
            let fields = fields(items, &names::pascal(id));
            let mut calls = Vec::new();
            let parameters = list(item, "parameters").chain(list(operation, "parameters"));
            for (_, parameter) in parameters {
                let parameter = resolve(document, parameter);
                let name = parameter.get("name").and_then(Value::as_str);
                let (Some(name), Some(schema)) = (name, parameter.get("schema")) else {
                    continue;
                };
                let field = fields.iter().find(|field| is_named(field, name));
                let Some(field) = field.filter(|_| is_checked(document, schema)) else {
                    continue;
                };
                let rule = rules.rule(schema);
                // No other name has two underscores in a row.
                let [of, which] = [id, name].map(rules::static_name);
                let rule_name = quote::format_ident!("{of}__{which}");
                statics.extend(quote!(pub(super) static #rule_name: Rule = #rule.nullable();));
                calls.push(quote! {
                    crate::support::validate::parameter(
                        &super::rules::#rule_name,
                        #name,
                        &self.#field,
                        &mut violations,
                    );
                });
            }
            if !calls.is_empty() {
                check(items, &names::pascal(id), &calls);
            }
        }
    }
    statics
}

fn fields(items: &[Item], operation: &str) -> Vec<syn::Ident> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) if item.ident == operation => Some(&item.fields),
            _ => None,
        })
        .flatten()
        .filter_map(|field| field.ident.clone())
        .collect()
}

/// A parameter called like a keyword or like `client` gets a suffix, and one
/// that begins with a digit an underscore.
fn is_named(field: &syn::Ident, parameter: &str) -> bool {
    let field = field.to_string();
    let name = names::snake(parameter);
    let after_digit = field.strip_prefix('_').map(|rest| format!("x{rest}"));
    field == name
        || field == format!("{name}_")
        || field == format!("{name}_param")
        || after_digit.is_some_and(|field| field == name)
}

fn check(items: &mut [Item], operation: &str, calls: &[TokenStream]) {
    let methods = items.iter_mut().find_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => {
            let is_operation =
                crate::polish::implementer(item).is_some_and(|name| name == operation);
            is_operation.then_some(&mut item.items)
        }
        _ => None,
    });
    let Some(methods) = methods else { return };
    for method in methods.iter_mut() {
        if let ImplItem::Fn(method) = method
            && method.sig.ident == "request"
        {
            let statement = parse_quote! {
                self.validate()
                    .map_err(|violations| Error::InvalidRequest(violations.to_string()))?;
            };
            method.block.stmts.insert(0, statement);
        }
    }
    methods.push(parse_quote! {
        /// Checks the parameters against the document.
        ///
        /// # Errors
        ///
        /// Every violation, with the parameter's name in place of a pointer.
        pub fn validate(&self) -> Result<(), crate::support::validate::Violations> {
            let mut violations = Vec::new();
            #(#calls)*
            crate::support::validate::Violations::result(violations)
        }
    });
}

fn is_checked(document: &Value, schema: &Value) -> bool {
    let schema = match spec_model::reference(schema) {
        Some(component) => document
            .pointer(&format!(
                "/components/schemas/{}",
                spec_model::escape(component)
            ))
            .unwrap_or(schema),
        None => schema,
    };
    let checked = |schema: &Value| CHECKED.iter().any(|keyword| schema.get(keyword).is_some());
    checked(schema)
        || schema
            .get("items")
            .is_some_and(|items| is_checked(document, items))
}
