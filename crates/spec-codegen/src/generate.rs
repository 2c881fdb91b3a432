//! Runs progenitor on the lowered document.

use std::{cell::Cell, panic};

use anyhow::{Context, Result, anyhow};
use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde::Deserialize as _;
use serde_json::Value;

/// The client as the generator writes it: types, and a method for each
/// operation, of which only the signature is of use.
pub fn generate(document: &Value) -> Result<syn::File> {
    let document = OpenAPI::deserialize(document)?;
    let tokens = tokens(&document)?;
    syn::parse2(tokens).context("the generator wrote what is not Rust")
}

fn tokens(document: &OpenAPI) -> Result<TokenStream> {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");
    Ok(without_panic(|| {
        Generator::new(&settings).generate_tokens(document)
    })??)
}

thread_local! {
    static GENERATING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the generator's panics from being printed. What they say is in the
/// errors that they become.
pub fn quiet() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !GENERATING.get() {
            hook(info);
        }
    }));
}

/// The generator panics on some documents. The lint is there to say so first,
/// with a place and a remedy; what it misses still must not look like a crash.
fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T> {
    GENERATING.set(true);
    let result = panic::catch_unwind(panic::AssertUnwindSafe(run));
    GENERATING.set(false);
    result.map_err(|payload| {
        let reason = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("it gave no reason");
        anyhow!("{reason}")
    })
}
