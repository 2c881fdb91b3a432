//! Generates the module `operations`: the id, method, path and effect of each operation. The
//! runtime decides by the effect whether a request may be repeated.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{File, Ident};

use crate::{marks::EFFECT, names};

/// Generates the module `operations`.
pub fn generate(document: &Value) -> anyhow::Result<File> {
    let operations: Vec<_> = spec_model::operations(document)
        .filter_map(|operation| Operation::read(&operation))
        .collect();
    let statics = operations.iter().map(Operation::code);
    let names = operations.iter().map(|operation| &operation.name);
    Ok(syn::parse2(quote! {
        //! The id, method, path and effect of each operation.

        #[allow(unused_imports)]
        use crate::support::{Effect, Method, Operation};

        #(#statics)*

        /// All operations, in the order of the document.
        pub static ALL: &[&Operation] = &[#(&#names),*];
    })?)
}

struct Operation<'a> {
    name: Ident,
    id: String,
    method: &'static str,
    path: &'a str,
    effect: TokenStream,
}

impl<'a> Operation<'a> {
    fn read(operation: &spec_model::Operation<'a>) -> Option<Self> {
        let spec_model::Operation { path, method, .. } = *operation;
        let id = names::snake(operation.id()?);
        let effect = match operation.value.get(EFFECT).and_then(Value::as_str) {
            Some("idempotent") => quote!(Effect::Idempotent),
            Some("read") => quote!(Effect::Read),
            _ if matches!(method, "get" | "head") => quote!(Effect::Read),
            _ => quote!(Effect::Write),
        };
        Some(Self {
            name: format_ident!("{}", id.to_uppercase()),
            id,
            method,
            path,
            effect,
        })
    }

    fn code(&self) -> TokenStream {
        let Self {
            name,
            id,
            path,
            effect,
            ..
        } = self;
        let method = format_ident!("{}", self.method.to_uppercase());
        let documentation = format!(" `{method} {path}`");
        quote! {
            #[doc = #documentation]
            pub static #name: Operation = Operation::new(#id, Method::#method, #path, #effect);
        }
    }
}
