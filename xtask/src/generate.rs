//! Runs progenitor on the lowered document.

mod builders;

use std::panic;

use anyhow::{Context, Result, anyhow};
use openapiv3::{
    Header, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use quote::quote;
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::sites::{METHODS, escape, members};

/// The client as the generator writes it.
pub fn generate(document: &Value) -> Result<syn::File> {
    let document: OpenAPI = read(document)?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::support::Inner))
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");

    let tokens = without_panic(|| Generator::new(&settings).generate_tokens(&document))??;
    builders::parse(tokens).context("the generator wrote what is not Rust")
}

fn read(document: &Value) -> Result<OpenAPI> {
    OpenAPI::deserialize(document).map_err(|error| {
        let pointer = misshapen(document).unwrap_or_default();
        anyhow!("what is at #{pointer} has the wrong shape: {error}; write it as OpenAPI 3.0 says")
    })
}

/// The operation or component that can't be read, or what is closest to it.
fn misshapen(document: &Value) -> Option<String> {
    for (path, item) in members(document, "/paths") {
        let pointer = format!("/paths/{}", escape(path));
        let operations = item.as_object().into_iter().flatten();
        for (method, operation) in operations {
            if METHODS.contains(&method.as_str()) && Operation::deserialize(operation).is_err() {
                return Some(format!("{pointer}/{method}"));
            }
        }
        if PathItem::deserialize(item).is_err() {
            return Some(pointer);
        }
    }
    component::<Schema>(document, "schemas")
        .or_else(|| component::<Parameter>(document, "parameters"))
        .or_else(|| component::<RequestBody>(document, "requestBodies"))
        .or_else(|| component::<Response>(document, "responses"))
        .or_else(|| component::<Header>(document, "headers"))
        .or_else(|| component::<SecurityScheme>(document, "securitySchemes"))
}

fn component<T: DeserializeOwned>(document: &Value, section: &str) -> Option<String> {
    let section = format!("/components/{section}");
    let mut components = members(document, &section);
    let found =
        components.find(|(_, component)| ReferenceOr::<T>::deserialize(*component).is_err());
    found.map(|(name, _)| format!("{section}/{}", escape(name)))
}

/// The generator panics on some documents. The lint is there to say so first,
/// with a place and a remedy; what it misses still must not look like a crash.
fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T> {
    panic::catch_unwind(panic::AssertUnwindSafe(run)).map_err(|payload| {
        let reason = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("it gave no reason");
        anyhow!("the generator cannot take this document: {reason}")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wrong_shape_is_told_with_its_place() {
        let refused = |paths: Value, components: Value| {
            let document = json!({
                "openapi": "3.0.3", "info": {"title": "", "version": "1"},
                "paths": paths, "components": components,
            });
            generate(&document).unwrap_err().to_string()
        };
        let error = refused(
            json!({"/a": {"get": {"operationId": 1, "responses": {}}}}),
            json!({}),
        );
        assert!(error.starts_with("what is at #/paths/~1a/get has the wrong shape: "));
        let error = refused(
            json!({}),
            json!({"schemas": {"A": {"type": "nothing"}, "B": {"title": 7}}}),
        );
        assert!(
            error.starts_with("what is at #/components/schemas/B "),
            "{error}"
        );
    }
}
