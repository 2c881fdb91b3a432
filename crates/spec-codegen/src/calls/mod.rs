//! Generates the client: a method for each operation, and the type of the call
//! that it returns.
//!
//! `read` reads the facts about each operation (`operation`). `write` generates the method
//! and the call, whose fields are `inputs`, and `list` generates the code that reads a
//! list page by page.

mod inputs;
mod list;
mod operation;
mod read;
mod write;

use std::collections::BTreeMap;

use serde_json::Value;
use syn::{File, Item, parse_quote};

use self::operation::Operation;
use crate::syntax::{self, module_mut};

/// The names of the rules of parameters and bodies, by operation id and by the
/// name of the parameter or [`BODY`].
pub type Checks = BTreeMap<(String, String), syn::Ident>;

/// The name of the body among the keys of [`Checks`].
pub const BODY: &str = "request body";

/// Replaces the generator's client by our own. `lowered` is the document that the generator
/// read.
pub fn generate(document: &Value, lowered: &Value, file: &mut File, checks: &Checks) {
    let operations: Vec<Operation> = read::operations(document, lowered, &file.items, checks);
    let docs = client_docs(&file.items);
    let types = module_mut(&mut file.items, "types")
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
            /// The types of requests and responses.
            #[allow(clippy::all)]
            pub mod types { #(#types)* }
        },
        parse_quote! {
            /// The calls of the client. `send` or `await` sends a call, after its
            /// options were set.
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
            /// Cloning is cheap, and clones share connections. Every method returns
            /// a call, which owns a clone.
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

/// Returns the docs of the generator's client: the document's title and
/// description.
fn client_docs(items: &[Item]) -> Vec<syn::Attribute> {
    let client = items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Client" => Some(&item.attrs),
        _ => None,
    });
    client.map(|attrs| syntax::docs(attrs)).unwrap_or_default()
}
