//! Keeps what customers wrote out of `Debug`.
//!
//! Derived, it prints every name, address and message, and `Debug` output ends
//! in logs. Types show what `support::shown` lets through; the client and the
//! builders show nothing but their name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, Expr, Fields, FieldsNamed, File, Ident, Item, ItemEnum, ItemStruct, Variant,
    parse_quote, visit_mut::VisitMut,
};

use super::{
    module,
    template::{Filling, Lists},
    underive,
};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "debug output without text",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let templates = Templates::new();
    let redacted = |item: &Item| redacted(item, &templates);
    let mut changed = 0;
    if let Some(types) = module(&mut file.items, "types") {
        if let Some(builders) = module(types, "builder") {
            changed += replace(builders, opaque);
        }
        changed += replace(types, redacted);
    }
    if let Some(operations) = module(&mut file.items, "builder") {
        changed += replace(operations, opaque);
    }
    changed + replace(&mut file.items, opaque)
}

/// Puts what `write` makes of each type behind the type, where `Debug` was
/// derived.
fn replace(items: &mut Vec<Item>, write: impl Fn(&Item) -> Vec<Item>) -> usize {
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

fn redacted(item: &Item, templates: &Templates) -> Vec<Item> {
    let (ident, body) = match item {
        Item::Struct(item) => match &item.fields {
            Fields::Named(fields) => return templates.object(&item.ident, fields),
            _ => (&item.ident, of_tuple(item)),
        },
        Item::Enum(item) => (&item.ident, of_enum(item)),
        _ => return Vec::new(),
    };
    implementation(ident, &body).items
}

fn implementation(ident: &Ident, body: &TokenStream) -> File {
    // Parsed at once: each time costs as much again.
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
        impl crate::support::shown::Shown for #ident {}
    }
}

/// What is written for a struct with fields, most types by far, and for one
/// field of it.
struct Templates {
    code: File,
    field: Expr,
}

impl Templates {
    fn new() -> Self {
        let body = quote!(crate::support::shown::object(f, "TEXT", &[]));
        Self {
            code: implementation(&format_ident!("BLANK"), &body),
            field: parse_quote!(("TEXT", &self.BLANK)),
        }
    }

    fn object(&self, ident: &Ident, fields: &FieldsNamed) -> Vec<Item> {
        let idents = fields.named.iter().filter_map(|field| field.ident.as_ref());
        let elements = idents.map(|ident| {
            let filling = Filling {
                names: &[("BLANK", ident)],
                text: ident.to_string(),
            };
            filling.of(&self.field, Filling::visit_expr_mut)
        });
        let lists = Lists {
            elements: elements.collect(),
            ..Lists::default()
        };
        let filling = Filling {
            names: &[("BLANK", ident)],
            text: ident.to_string(),
        };
        let mut code = filling.of(&self.code, Filling::visit_file_mut);
        lists.fill(&mut code);
        code.items
    }
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
