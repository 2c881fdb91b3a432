//! Leaves the builders of types that are only received unparsed.
//!
//! Nobody builds a response. Its builder would be half of the code, and would
//! have to know each new field. Parsing what is dropped afterwards would take
//! longer than everything else that is done to the code.

use std::collections::BTreeSet;

use anyhow::Result;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{File, Item};

use crate::polish::{module, reach::Reach};

/// Parses what the generator wrote, without the builders that nobody needs.
pub(super) fn parse(tokens: TokenStream) -> Result<File> {
    let mut builders = TokenStream::new();
    let tokens = within(tokens, "types", &mut |types| {
        within(types, "builder", &mut |all| {
            builders = all;
            TokenStream::new()
        })
    });
    let mut file: File = syn::parse2(tokens)?;
    let sent = Reach::of(&file).sent;
    if let Some(types) = module(&mut file.items, "types") {
        let kept: File = syn::parse2(of_types(builders, &sent))?;
        match module(types, "builder") {
            Some(builders) if !kept.items.is_empty() => *builders = kept.items,
            _ => {
                types.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "builder"))
            }
        }
    }
    Ok(file)
}

/// The tokens, with another content of the module of this name.
fn within(
    tokens: TokenStream,
    name: &str,
    change: &mut dyn FnMut(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut is_keyword = false;
    let mut is_name = false;
    tokens
        .into_iter()
        .map(|token| {
            let follows = std::mem::take(&mut is_name);
            match token {
                TokenTree::Ident(ident) => {
                    is_name = is_keyword && ident == name;
                    is_keyword = ident == "mod";
                    TokenTree::Ident(ident)
                }
                TokenTree::Group(group) if follows => {
                    TokenTree::Group(Group::new(group.delimiter(), change(group.stream())))
                }
                token => token,
            }
        })
        .collect()
}

/// The items that are of one of the types, or that do something for one.
fn of_types(items: TokenStream, types: &BTreeSet<String>) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut item = Vec::new();
    // The last name before an item's braces is that of its type.
    let mut is_kept = false;
    for token in items {
        if let TokenTree::Ident(ident) = &token {
            is_kept = types.contains(&ident.to_string());
        }
        let is_last =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        item.push(token);
        if is_last {
            let item = item.drain(..);
            if is_kept {
                kept.extend(item);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens as _, quote};

    use super::*;

    #[test]
    fn only_what_is_sent_keeps_its_builder() {
        let file = parse(quote! {
            pub mod types {
                pub struct Sent { pub name: String }
                pub struct Received { pub name: String }
                pub mod builder {
                    #[derive(Clone)]
                    pub struct Received { name: String }
                    impl Received { pub fn name<T>(mut self, value: T) -> Self where T: Into<super::Sent> { self } }
                    impl From<Received> for super::Received { fn from(value: Received) -> Self { Self {} } }
                    #[derive(Clone)]
                    pub struct Sent { name: String }
                    impl Default for Sent { fn default() -> Self { Self {} } }
                    impl From<super::Sent> for Sent { fn from(value: super::Sent) -> Self { Self {} } }
                }
            }
            pub mod builder {
                pub struct Send { body: types::Sent }
                impl Send { pub async fn send(self) -> Result<types::Received, Error> { todo!() } }
            }
        });
        let mut file = file.unwrap();
        let types = module(&mut file.items, "types").unwrap();
        let builders = module(types, "builder").unwrap();
        let builders: Vec<_> = builders
            .iter()
            .map(|item| item.to_token_stream().to_string())
            .collect();
        assert_eq!(builders.len(), 3, "{builders:?}");
        assert!(builders.iter().all(|item| !item.contains("Received")));
    }

    #[test]
    fn a_client_without_builders_has_no_module_of_them() {
        let file = parse(quote! {
            pub mod types { pub struct A; pub mod builder { pub struct A { b: B } } }
        });
        let mut file = file.unwrap();
        let types = module(&mut file.items, "types").unwrap();
        assert_eq!(types.len(), 1);
    }
}
