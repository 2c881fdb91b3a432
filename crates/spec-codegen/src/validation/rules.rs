//! Converts a schema to an expression that builds a `support::validate::Rule`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use spec_model::{is_true, merged, reference};
use syn::Ident;

use crate::marks::{ATTACHMENT_URL, EMAIL_ADDRESS, MAIL_HEADER};

pub(super) struct Rules<'a> {
    document: &'a Value,
    patterns: Vec<String>,
}

impl<'a> Rules<'a> {
    pub fn new(document: &'a Value) -> Self {
        Self {
            document,
            patterns: Vec::new(),
        }
    }

    /// Returns the statics for the patterns of the rules.
    pub fn patterns(&self) -> TokenStream {
        let statics = self.patterns.iter().enumerate().map(|(index, pattern)| {
            let name = pattern_name(index);
            quote!(static #name: Pattern = Pattern::new(#pattern);)
        });
        quote!(#(#statics)*)
    }

    /// Returns a reference to the rule of a field or of the items of a list.
    fn reference(&mut self, schema: &Value) -> TokenStream {
        let keeps = [
            "enum",
            "nullable",
            MAIL_HEADER,
            ATTACHMENT_URL,
            EMAIL_ADDRESS,
        ]
        .iter()
        .all(|keyword| schema.get(keyword).is_none());
        match reference(schema).filter(|_| keeps) {
            Some(component) => {
                let name = static_name(component);
                quote!(&#name)
            }
            None => {
                let rule = self.rule(schema);
                quote!(&#rule)
            }
        }
    }

    /// Returns the rule of a schema.
    pub fn rule(&mut self, schema: &Value) -> TokenStream {
        let schema = merged(self.document, schema);
        let rule = self.of_kind(&schema);
        match is_true(schema.get(MAIL_HEADER)) {
            true => quote!(#rule.single_line()),
            false => rule,
        }
    }

    fn of_kind(&mut self, schema: &Map<String, Value>) -> TokenStream {
        let rule = match schema.get("type").and_then(Value::as_str) {
            _ if schema.contains_key("oneOf") || schema.contains_key("anyOf") => {
                return quote!(Rule::any());
            }
            Some("boolean") => quote!(Rule::boolean()),
            Some("integer") => self.number(schema, quote!(Rule::integer())),
            Some("number") => self.number(schema, quote!(Rule::number())),
            Some("string") => self.string(schema),
            Some("array") => self.array(schema),
            Some("object") => self.object(schema),
            None if schema.contains_key("properties") => self.object(schema),
            _ => return quote!(Rule::any()),
        };
        match is_true(schema.get("nullable")) {
            true => quote!(#rule.nullable()),
            false => rule,
        }
    }

    fn number(&self, schema: &Map<String, Value>, mut rule: TokenStream) -> TokenStream {
        let is = |keyword: &str| is_true(schema.get(keyword));
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        let narrow = schema.get("format").and_then(Value::as_str) == Some("int32");
        let low = bound("minimum").or(narrow.then_some(f64::from(i32::MIN)));
        let high = bound("maximum").or(narrow.then_some(f64::from(i32::MAX)));
        if let Some(low) = low {
            rule = match is("exclusiveMinimum") {
                true => quote!(#rule.above(#low)),
                false => quote!(#rule.minimum(#low)),
            };
        }
        if let Some(high) = high {
            rule = match is("exclusiveMaximum") {
                true => quote!(#rule.below(#high)),
                false => quote!(#rule.maximum(#high)),
            };
        }
        if let Some(factor) = bound("multipleOf").filter(|factor| *factor > 0.0) {
            rule = quote!(#rule.multiple_of(#factor));
        }
        rule
    }

    fn string(&mut self, schema: &Map<String, Value>) -> TokenStream {
        let mut rule = with_sizes(quote!(Rule::string()), schema, ["minLength", "maxLength"]);
        let format = match schema.get("format").and_then(Value::as_str) {
            Some("date") => Some(quote!(Format::Date)),
            Some("date-time") => Some(quote!(Format::DateTime)),
            Some("uri") => Some(quote!(Format::Uri)),
            _ if is_true(schema.get(EMAIL_ADDRESS)) => Some(quote!(Format::EmailAddress)),
            _ => None,
        };
        if let Some(format) = format {
            rule = quote!(#rule.format(#format));
        }
        if is_true(schema.get(ATTACHMENT_URL)) {
            rule = quote!(#rule.public_url(true));
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let name = pattern_name(self.patterns.len());
            self.patterns.push(pattern.to_owned());
            rule = quote!(#rule.pattern(&#name));
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            let values = values.iter().filter_map(Value::as_str);
            rule = quote!(#rule.one_of(&[#(#values),*]));
        }
        rule
    }

    fn array(&mut self, schema: &Map<String, Value>) -> TokenStream {
        let items = self.reference(schema.get("items").unwrap_or(&Value::Null));
        let rule = with_sizes(
            quote!(Rule::array(#items)),
            schema,
            ["minItems", "maxItems"],
        );
        match is_true(schema.get("uniqueItems")) {
            true => quote!(#rule.unique(true)),
            false => rule,
        }
    }

    fn object(&mut self, schema: &Map<String, Value>) -> TokenStream {
        let required: Vec<_> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        let fields: Vec<_> = properties
            .into_iter()
            .flatten()
            .map(|(name, property)| {
                let rule = self.reference(property);
                // A request needn't have a read-only property.
                let read_only = is_true(property.get("readOnly"));
                match required.contains(&name.as_str()) && !read_only {
                    true => quote!(Field::required(#name, #rule)),
                    false => quote!(Field::optional(#name, #rule)),
                }
            })
            .collect();
        let rule = quote!(Rule::object(&[#(#fields),*]));
        let rule = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => quote!(#rule.closed()),
            Some(Value::Object(inner)) if !inner.is_empty() => {
                let inner = self.reference(&Value::Object(inner.clone()));
                quote!(#rule.additional(#inner))
            }
            _ => rule,
        };
        with_sizes(rule, schema, ["minProperties", "maxProperties"])
    }
}

/// Adds limits of sizes. The rule has a method for each keyword, with its name in snake case.
fn with_sizes(
    mut rule: TokenStream,
    schema: &Map<String, Value>,
    keywords: [&str; 2],
) -> TokenStream {
    for keyword in keywords {
        if let Some(size) = schema.get(keyword).and_then(Value::as_u64) {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let size = proc_macro2::Literal::usize_unsuffixed(size);
            let setter = format_ident!("{}", crate::names::snake(keyword));
            rule = quote!(#rule.#setter(#size));
        }
    }
    rule
}

/// Returns the name of the static for a component's rule.
pub(super) fn static_name(component: &str) -> Ident {
    format_ident!("{}", crate::names::snake(component).to_uppercase())
}

fn pattern_name(index: usize) -> Ident {
    format_ident!("PATTERN_{index}")
}
