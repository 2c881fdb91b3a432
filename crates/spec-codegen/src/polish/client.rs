//! Fits the client to its transport.
//!
//! `Client::new` builds an HTTP client of its own and panics when it cannot.
//! It goes, and requests go through the transport that the client was made
//! with. So does the prelude, which holds nothing but the client.

use syn::{Attribute, File, ImplItem, Item, parse_quote};

use super::implementer;
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "the client's transport",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let mut dropped = 0;
    file.items
        .retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    for item in &mut file.items {
        match item {
            Item::Impl(item) if implementer(item).is_some_and(|name| name == "Client") => {
                let before = item.items.len();
                item.items.retain(
                    |item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "new"),
                );
                dropped += before - item.items.len();
            }
            Item::Mod(module)
                if matches!(module.ident.to_string().as_str(), "types" | "builder") =>
            {
                let allow: Attribute = parse_quote!(#[allow(clippy::all, missing_docs)]);
                module.attrs.retain(|attr| !attr.path().is_ident("allow"));
                module.attrs.push(allow);
            }
            _ => {}
        }
    }
    file.items.push(parse_quote! {
        impl ClientHooks<crate::support::Inner> for Client {
            async fn exec(
                &self,
                request: reqwest::Request,
                info: &OperationInfo,
            ) -> reqwest::Result<reqwest::Response> {
                let mut all = operations::ALL.iter();
                let operation = all.find(|operation| operation.id() == Some(info.operation_id));
                crate::support::exec(&self.inner, request, operation.copied()).await
            }
        }
    });
    dropped
}
