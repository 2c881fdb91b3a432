//! Writes the client: a method for each operation, and the call that it
//! returns.
//!
//! `read` takes the types of parameters and answers from what the generator
//! wrote, and everything else from the document. `write` makes the call of it,
//! `list` what reads a list page by page.

mod list;
mod read;
mod write;

use std::collections::BTreeMap;

use serde_json::Value;
use syn::{File, Item, parse_quote};

use self::read::Operation;
use crate::polish::module;

/// The checks of parameters and bodies: the names of their rules, by the
/// operation and by what of it is checked.
pub type Checks = BTreeMap<(String, String), syn::Ident>;

/// What stands for the body among the parameters of an operation.
pub const BODY: &str = "request body";

/// Replaces the generator's client by ours. `lowered` is the document as the
/// generator has seen it.
pub fn generate(document: &Value, lowered: &Value, file: &mut File, checks: &Checks) {
    let operations: Vec<Operation> = read::operations(document, lowered, &file.items, checks);
    let docs = client_docs(&file.items);
    let types = module(&mut file.items, "types")
        .map(std::mem::take)
        .unwrap_or_default();
    let lists: Vec<_> = operations
        .iter()
        .map(|operation| list::List::of(operation, &types))
        .collect();
    let calls: Vec<Item> = operations
        .iter()
        .zip(&lists)
        .flat_map(|(operation, list)| write::call(operation, list.as_ref()))
        .collect();
    let methods = operations.iter().map(write::method);
    file.items = vec![
        parse_quote! {
            /// What is sent and received.
            #[allow(clippy::all)]
            pub mod types { #(#types)* }
        },
        parse_quote! {
            /// The calls of the client: parameters and options first, then `send`
            /// or `await`.
            #[allow(clippy::all)]
            pub mod calls {
                #[allow(unused_imports)]
                use super::{operations, rules, types};

                #(#calls)*
            }
        },
        parse_quote! {
            #(#docs)*
            ///
            /// Cloning is cheap, and clones share connections. Every method makes a
            /// call that owns such a clone.
            #[derive(Clone, Debug)]
            pub struct Client {
                connection: crate::support::Connection,
            }
        },
        parse_quote! {
            impl Client {
                #[doc(hidden)]
                #[must_use]
                pub fn on(connection: crate::support::Connection) -> Self {
                    Self { connection }
                }

                #[doc(hidden)]
                #[must_use]
                pub fn connection(&self) -> &crate::support::Connection {
                    &self.connection
                }

                #(#methods)*
            }
        },
    ];
}

/// What the generator says of the client: the document's title and description.
fn client_docs(items: &[Item]) -> Vec<syn::Attribute> {
    let client = items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Client" => Some(&item.attrs),
        _ => None,
    });
    let is_doc = |attr: &&syn::Attribute| attr.path().is_ident("doc");
    client
        .into_iter()
        .flatten()
        .filter(is_doc)
        .cloned()
        .collect()
}
