//! Keeps what customers wrote out of `Debug`.
//!
//! Derived, it prints every name, address and message, and `Debug` output ends
//! in logs. Types show what `support::shown` lets through; the client and the
//! builders show nothing but their name.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Fields, FieldsNamed, File, Item, ItemEnum, ItemStruct, Variant, parse_quote};

use super::{module, underive};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "debug output without text",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let mut changed = 0;
    for name in ["types", "builder"] {
        if let Some(items) = module(&mut file.items, name) {
            if let Some(builders) = module(items, "builder") {
                changed += replace(builders, opaque);
            }
            let of_type = match name {
                "types" => redacted,
                _ => opaque,
            };
            changed += replace(items, of_type);
        }
    }
    changed + replace(&mut file.items, opaque)
}

/// Puts what `write` makes of each type behind the type, where `Debug` was
/// derived.
fn replace(items: &mut Vec<Item>, write: fn(&Item) -> Vec<Item>) -> usize {
    let mut changed = 0;
    let mut written = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        let attrs: Option<&mut Vec<Attribute>> = match &mut item {
            Item::Struct(item) => Some(&mut item.attrs),
            Item::Enum(item) => Some(&mut item.attrs),
            _ => None,
        };
        let derived = attrs.is_some_and(|attrs| underive(attrs, "Debug"));
        let added = if derived { write(&item) } else { Vec::new() };
        changed += usize::from(derived);
        written.push(item);
        written.extend(added);
    }
    *items = written;
    changed
}

/// The name, and a hint that there is more.
fn opaque(item: &Item) -> Vec<Item> {
    let (ident, generics) = match item {
        Item::Struct(item) => (&item.ident, &item.generics),
        Item::Enum(item) => (&item.ident, &item.generics),
        _ => return Vec::new(),
    };
    let name = ident.to_string();
    let (params, arguments, bounds) = generics.split_for_impl();
    vec![parse_quote! {
        impl #params ::std::fmt::Debug for #ident #arguments #bounds {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#name).finish_non_exhaustive()
            }
        }
    }]
}

fn redacted(item: &Item) -> Vec<Item> {
    let (ident, body) = match item {
        Item::Struct(item) => (&item.ident, of_struct(item)),
        Item::Enum(item) => (&item.ident, of_enum(item)),
        _ => return Vec::new(),
    };
    // Parsed at once: each time costs as much again.
    let code: File = parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
        impl crate::support::shown::Shown for #ident {}
    };
    code.items
}

fn of_struct(item: &ItemStruct) -> TokenStream {
    let name = item.ident.to_string();
    match &item.fields {
        Fields::Named(fields) => {
            let idents: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
            let names = names(fields);
            quote! {
                crate::support::shown::object(f, #name, &[#((#names, &self.#idents)),*])
            }
        }
        Fields::Unnamed(_) => quote!(crate::support::shown::wrapped(f, #name, &self.0)),
        Fields::Unit => quote!(f.write_str(#name)),
    }
}

fn of_enum(item: &ItemEnum) -> TokenStream {
    let arms = item.variants.iter().map(of_variant);
    quote! {
        match self {
            #(#arms)*
        }
    }
}

fn of_variant(variant: &Variant) -> TokenStream {
    let ident = &variant.ident;
    let name = ident.to_string();
    match &variant.fields {
        Fields::Unit => quote!(Self::#ident => f.write_str(#name),),
        Fields::Unnamed(_) => quote! {
            Self::#ident(value) => crate::support::shown::wrapped(f, #name, value),
        },
        Fields::Named(fields) => {
            let idents: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
            let names = names(fields);
            quote! {
                Self::#ident { #(#idents),* } => {
                    crate::support::shown::object(f, #name, &[#((#names, #idents)),*])
                }
            }
        }
    }
}

fn names(fields: &FieldsNamed) -> impl Iterator<Item = String> {
    let idents = fields.named.iter().filter_map(|field| field.ident.as_ref());
    idents.map(ToString::to_string)
}
