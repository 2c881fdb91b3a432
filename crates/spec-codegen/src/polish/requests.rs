//! Adds setters and getters to the types of requests.
//!
//! The fields of these types are private, so that signatures stay the same if a member becomes
//! nullable or optional. `new` takes the required members, so that a missing one is a compile
//! error.
//!
//! A type that responses contain too keeps its public fields, and gets `new` and setters, but
//! no getters.

mod field;

use std::iter;

use syn::{
    Attribute, Expr, Fields, File, ImplItem, Item, ItemImpl, ItemStruct, Lit, Meta, parse_quote,
};

use self::field::Field;
use super::message_types::MessageTypes;
use crate::{
    lower::NULLABLE,
    syntax::{derive, module_mut, underive},
};

pub(super) fn run(file: &mut File) -> usize {
    let MessageTypes { sent, received } = MessageTypes::of(file);
    let Some(types) = module_mut(&mut file.items, "types") else {
        return 0;
    };
    types.retain_mut(without_builder);
    let mut count = 0;
    let items = types.drain(..).flat_map(|mut item| {
        let mut added = Vec::new();
        if let Item::Struct(item) = &mut item {
            let name = item.ident.to_string();
            if matches!(item.fields, Fields::Named(_)) && sent.contains(&name) {
                added = methods(item, received.contains(&name));
                count += 1;
            }
            for field in &mut item.fields {
                take_mark(&mut field.attrs);
            }
        }
        iter::once(item).chain(added)
    });
    *types = items.collect();
    count
}

/// Removes the method `builder`, because the client has no builders. Returns false if the
/// `impl` has no other method.
fn without_builder(item: &mut Item) -> bool {
    let Item::Impl(ItemImpl {
        trait_: None,
        items,
        ..
    }) = item
    else {
        return true;
    };
    items.retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "builder"));
    !items.is_empty()
}

/// Changes the fields of a type. Returns the implementations with its methods.
fn methods(item: &mut ItemStruct, is_received: bool) -> Vec<Item> {
    let ident = item.ident.clone();
    let fields: Vec<Field> = item
        .fields
        .iter_mut()
        .filter_map(|field| Field::of(field, is_received))
        .collect();
    let required: Vec<_> = fields.iter().filter(|field| field.is_required).collect();
    let arguments = required.iter().map(|field| field.argument(&field.ident));
    let set = required.iter().map(|field| field.set(&field.ident));
    let blank: Expr = match is_received {
        true => parse_quote!(<Self as crate::support::lenient::Object>::blank()),
        false => parse_quote!(Self::default()),
    };
    let new: ImplItem = match required.is_empty() {
        true => parse_quote! {
            /// Creates a value without members.
            pub fn new() -> Self { Self::default() }
        },
        false => parse_quote! {
            /// Creates a value with the required members, and no others.
            pub fn new(#(#arguments),*) -> Self {
                let mut made = #blank;
                #(made.#set;)*
                made
            }
        },
    };
    let methods = fields.iter().flat_map(Field::methods);
    let methods = parse_quote!(impl #ident { #new #(#methods)* });
    if is_received {
        return vec![methods];
    }
    underive(&mut item.attrs, "Debug");
    derive(&mut item.attrs, "Default");
    item.attrs.push(parse_quote!(#[serde(default)]));
    let debug = parse_quote!(crate::support::shown_type!(#ident););
    vec![debug, methods]
}

/// Removes the mark of `lower::null_marks` from a description. Returns whether there was
/// one.
fn take_mark(attrs: &mut Vec<Attribute>) -> bool {
    let mut found = false;
    attrs.retain_mut(|attr| {
        if let Meta::NameValue(meta) = &mut attr.meta
            && let Expr::Lit(literal) = &mut meta.value
            && let Lit::Str(text) = &mut literal.lit
            && text.value().contains(NULLABLE)
        {
            found = true;
            let without = text.value().replace(NULLABLE, "");
            *text = syn::LitStr::new(&without, text.span());
            return !without.trim().is_empty();
        }
        true
    });
    found
}
