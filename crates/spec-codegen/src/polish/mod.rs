//! Adapts the generator's code to the API that we promise, in passes.
//!
//! A pass that changes nothing for our own document is obsolete, and makes the
//! run fail. [`finish`] runs last, on the code of all stages.

mod debug;
mod docs;
pub(crate) mod kind;
mod lenient;
mod non_exhaustive;
mod open_enums;
pub mod options;
pub(crate) mod reach;
mod requests;
mod short_names;

use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use syn::{File, ImplItem, ImplItemFn, Item, Meta};

use crate::lower::{Pass, run};

/// The passes in order.
const PASSES: [Pass<File>; 5] = [
    Pass::ours("setters of sent types", requests::run),
    Pass::ours("open enums", open_enums::run),
    Pass::ours("lenient readers", lenient::run),
    Pass::ours("non-exhaustive types", non_exhaustive::run),
    Pass::ours("debug output without text", debug::run),
];

/// Runs every pass. Returns the names of passes that our own document should
/// need and that changed nothing.
pub fn polish(file: &mut File) -> Vec<&'static str> {
    run(&PASSES, file)
}

/// Shortens paths and formats docs. Runs when all code is generated.
pub fn finish(file: &mut File) {
    short_names::run(file);
    docs::run(file);
}

/// Returns the items of an inline module, or None if there is no such module.
pub(crate) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => {
            module.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    })
}

/// Returns the items of an inline module, like [`module`]; none if there is no
/// such module.
pub(crate) fn items_of<'a>(items: &'a [Item], name: &str) -> &'a [Item] {
    let found = items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_ref(),
        _ => None,
    });
    found.map(|(_, items)| items.as_slice()).unwrap_or_default()
}

/// Returns the inherent methods of a type.
pub(crate) fn methods_of<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    name: &str,
) -> impl Iterator<Item = &'a ImplItemFn> {
    let of_type = items.into_iter().filter_map(move |item| match item {
        Item::Impl(item) if item.trait_.is_none() => {
            let is_its = implementer(item).is_some_and(|implementer| implementer == name);
            is_its.then_some(&item.items)
        }
        _ => None,
    });
    of_type.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// Returns the last name of the type that an `impl` is for.
pub(crate) fn implementer(item: &syn::ItemImpl) -> Option<String> {
    last_segment(&item.self_ty)
}

/// Returns the last name of a path type.
pub(crate) fn last_segment(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// Returns the last name of the trait that an `impl` implements.
fn implemented(item: &syn::ItemImpl) -> Option<String> {
    let (path, _) = item.trait_.as_ref()?;
    Some(path.segments.last()?.ident.to_string())
}

/// Returns the type arguments of a type, such as those of a `Result`.
pub(crate) fn arguments(ty: &syn::Type) -> Vec<&syn::Type> {
    let syn::Type::Path(path) = ty else {
        return Vec::new();
    };
    match path.path.segments.last().map(|segment| &segment.arguments) {
        Some(syn::PathArguments::AngleBracketed(arguments)) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Removes a trait from the derived ones. Returns whether it was there.
fn underive(attrs: &mut [syn::Attribute], name: &str) -> bool {
    let mut found = false;
    for attr in attrs {
        if let Meta::List(list) = &mut attr.meta
            && list.path.is_ident("derive")
        {
            list.tokens = without(std::mem::take(&mut list.tokens), name, &mut found);
        }
    }
    found
}

/// Adds a trait to the derived ones.
fn derive(attrs: &mut [syn::Attribute], name: &str) {
    underive(attrs, name);
    for attr in attrs {
        if let Meta::List(list) = &mut attr.meta
            && list.path.is_ident("derive")
        {
            let name = syn::Ident::new(name, proc_macro2::Span::call_site());
            list.tokens.extend(quote::quote!(, #name));
        }
    }
}

/// Returns a list of paths without those that end in a name.
fn without(paths: TokenStream, name: &str, found: &mut bool) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut path: Vec<TokenTree> = Vec::new();
    let comma = TokenTree::Punct(Punct::new(',', Spacing::Alone));
    for token in paths.into_iter().chain([comma]) {
        if !matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',') {
            path.push(token);
            continue;
        }
        let is_it = matches!(path.last(), Some(TokenTree::Ident(last)) if last == name);
        *found |= is_it;
        if !is_it && !path.is_empty() {
            if !kept.is_empty() {
                kept.push(token);
            }
            kept.append(&mut path);
        }
        path.clear();
    }
    kept.into_iter().collect()
}
