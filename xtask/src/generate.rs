//! Runs progenitor on the lowered document.

use std::panic;

use anyhow::{Context, Result, anyhow};
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use quote::quote;
use serde_json::Value;

/// The client as the generator writes it.
pub fn generate(document: &Value) -> Result<syn::File> {
    let document: OpenAPI = serde_json::from_value(document.clone())
        .context("the document is not one that the generator can read")?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::support::Inner))
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");

    let tokens = without_panic(|| Generator::new(&settings).generate_tokens(&document))??;
    syn::parse2(tokens).context("the generator wrote what is not Rust")
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
