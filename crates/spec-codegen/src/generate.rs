//! Runs progenitor ("the generator") on the lowered document.

use std::{any::Any, cell::Cell, panic};

use anyhow::{Context, Result, anyhow};
use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde::Deserialize as _;
use serde_json::Value;

/// Returns the generator's code: the types, and a method for each operation. Later stages use
/// the types and the signatures of the methods, and replace all other code.
pub fn generate(document: &Value) -> Result<syn::File> {
    let document = OpenAPI::deserialize(document)?;
    let tokens = tokens(&document)?;
    syn::parse2(tokens).context("the generator's code is not valid Rust")
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

/// Installs a panic hook that doesn't print panics of the generator, because [`generate`]
/// turns these panics into errors.
pub fn silence_panics() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !GENERATING.get() {
            hook(info);
        }
    }));
}

/// Runs the generator, which panics on some documents, and turns a panic into an error.
fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T> {
    GENERATING.set(true);
    let result = panic::catch_unwind(panic::AssertUnwindSafe(run));
    GENERATING.set(false);
    result.map_err(|panic| anyhow!("{}", panic_message(&*panic).unwrap_or("it gave no reason")))
}

/// Returns the message of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
}
