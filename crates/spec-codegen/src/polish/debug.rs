//! Keeps personal data out of `Debug` output.
//!
//! `Debug` output is often logged, and a derived implementation prints every name, address and
//! message. The generated implementations print only the values that `support::shown` allows.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Fields, File, Item, ItemEnum, ItemStruct, Variant, parse_quote};

use crate::syntax::{module_mut, underive};

pub(super) fn run(file: &mut File) -> usize {
    let Some(types) = module_mut(&mut file.items, "types") else {
        return 0;
    };
    let mut changed = 0;
    let items = types.drain(..).flat_map(|mut item| {
        let attrs: Option<&mut Vec<Attribute>> = match &mut item {
            Item::Struct(item) => Some(&mut item.attrs),
            Item::Enum(item) => Some(&mut item.attrs),
            _ => None,
        };
        let derived = attrs.is_some_and(|attrs| underive(attrs, "Debug"));
        changed += usize::from(derived);
        let added = if derived { redacted(&item) } else { Vec::new() };
        [item].into_iter().chain(added)
    });
    *types = items.collect();
    changed
}

/// Returns the implementation of `Debug` for a type.
fn redacted(item: &Item) -> Vec<Item> {
    let (ident, body) = match item {
        Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => {
            let name = &item.ident;
            return vec![parse_quote!(crate::support::shown_type!(#name);)];
        }
        Item::Struct(item) => (&item.ident, of_tuple(item)),
        Item::Enum(item) => (&item.ident, of_enum(item)),
        _ => return Vec::new(),
    };
    // Both items are parsed by one call of the parser, because every call is expensive.
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

fn of_tuple(item: &ItemStruct) -> TokenStream {
    let name = item.ident.to_string();
    match &item.fields {
        Fields::Unit => quote!(f.write_str(#name)),
        _ => quote!(crate::support::shown::wrapped(f, #name, &self.0)),
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
            let names = fields.named.iter().filter_map(|field| field.ident.as_ref());
            let names = names.map(ToString::to_string);
            quote! {
                Self::#ident { #(#idents),* } => {
                    crate::support::shown::object(f, #name, &[#((#names, #idents)),*])
                }
            }
        }
    }
}
