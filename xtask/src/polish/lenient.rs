//! Reads what is received leniently, and keeps what is unknown.
//!
//! The derived reader fails on a null list, a numeric string or a repeated
//! key, and a caller would lose the ticket over it. Each received struct gets
//! a reader of its own, made of the readers in `support::lenient`, and a map
//! of the fields that the document does not have.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    ExprStruct, Field, Fields, File, Ident, Item, ItemImpl, ItemMod, ItemStruct, LitStr, Type,
    parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{implementer, last_segment, module, reach::Reach, underive};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "lenient readers",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let received = Reach::of(file).received;
    let Some(types) = module(&mut file.items, "types") else {
        return 0;
    };
    let mut readers = BTreeMap::new();
    let mut extended = BTreeMap::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) if received.contains(&item.ident.to_string()) => {
                let name = item.ident.to_string();
                let code = match &item.fields {
                    Fields::Named(_) => {
                        let extra = extra_fields(item);
                        let code = reader(item, &extra);
                        extended.insert(name.clone(), extra);
                        code
                    }
                    _ => strict(&item.ident),
                };
                readers.insert(name, code);
            }
            Item::Enum(item) if received.contains(&item.ident.to_string()) && !is_open(item) => {
                readers.insert(item.ident.to_string(), strict(&item.ident));
            }
            _ => {}
        }
    }
    for item in types.iter_mut() {
        let mut literals = Literals {
            extended: &extended,
            current: None,
            in_builders: false,
        };
        literals.visit_item_mut(item);
    }
    let mut with_readers = Vec::with_capacity(types.len() + readers.len());
    for item in types.drain(..) {
        let name = match &item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        };
        with_readers.push(item);
        if let Some(code) = name.and_then(|name| readers.get(&name)) {
            let code: File = parse_quote!(#code);
            with_readers.extend(code.items);
        }
    }
    *types = with_readers;
    readers.len()
}

/// An enum that the pass before this one has opened reads leniently already.
fn is_open(item: &syn::ItemEnum) -> bool {
    item.variants.iter().any(|variant| {
        variant
            .fields
            .iter()
            .any(|field| last_segment(&field.ty).is_some_and(|name| name == "Unknown"))
    })
}

/// The name of the new field, which no field of the document may have.
fn extra_fields(item: &ItemStruct) -> Ident {
    let mut name = String::from("extra_fields");
    while item
        .fields
        .iter()
        .any(|field| field.ident.as_ref().is_some_and(|taken| *taken == name))
    {
        name.push('_');
    }
    format_ident!("{name}")
}

/// A type that is no struct of fields is read as one, or not at all.
fn strict(name: &syn::Ident) -> TokenStream {
    quote! {
        impl crate::support::lenient::Lenient for #name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                crate::support::lenient::strict(deserializer)
            }
        }
    }
}

fn reader(item: &mut ItemStruct, extra: &Ident) -> TokenStream {
    underive(&mut item.attrs, "Deserialize");
    item.attrs.retain(|attr| !attr.path().is_ident("serde"));

    let Fields::Named(fields) = &mut item.fields else {
        return TokenStream::new();
    };
    // A flattened map of other members gives way to the one of our own.
    fields.named = std::mem::take(&mut fields.named)
        .into_iter()
        .filter(|field| !is_flattened(field))
        .collect();
    let mut arms = Vec::new();
    let mut idents = Vec::new();
    let mut required = Vec::new();
    for field in &mut fields.named {
        let Some(ident) = field.ident.clone() else {
            continue;
        };
        let key = key(field).unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
        arms.push(quote!(#key => crate::support::lenient::read(&mut self.#ident, map)));
        if is_required(&field.ty, field) {
            required.push(key);
        }
        without_default(field);
        idents.push(ident);
    }
    fields.named.push(parse_quote! {
        /// Fields of the response that this version does not know.
        #[serde(flatten)]
        pub #extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>
    });

    let name = &item.ident;
    let schema = name.to_string();
    quote! {
        impl crate::support::lenient::Object for #name {
            const NAME: &'static str = #schema;
            const REQUIRED: &'static [&'static str] = &[#(#required),*];

            fn blank() -> Self {
                Self {
                    #(#idents: ::std::default::Default::default(),)*
                    #extra: ::std::default::Default::default(),
                }
            }

            fn read_field<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> ::std::result::Result<::std::option::Option<bool>, A::Error> {
                match key {
                    #(#arms,)*
                    _ => return Ok(None),
                }
                .map(Some)
            }

            fn extra_fields(
                &mut self,
            ) -> &mut ::serde_json::Map<::std::string::String, ::serde_json::Value> {
                &mut self.#extra
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::support::lenient::deserialize(deserializer)
            }
        }

        impl crate::support::lenient::Lenient for #name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                crate::support::lenient::object(deserializer)
            }
        }
    }
}

/// Calls `with` for each item of a field's serde attributes.
fn serde_items(field: &Field, mut with: impl FnMut(&syn::Path, Option<LitStr>)) {
    for attr in field
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("serde"))
    {
        let _ = attr.parse_nested_meta(|meta| {
            let value = match meta.input.peek(syn::Token![=]) {
                true => Some(meta.value()?.parse()?),
                false => None,
            };
            with(&meta.path, value);
            Ok(())
        });
    }
}

fn key(field: &Field) -> Option<LitStr> {
    let mut key = None;
    serde_items(field, |path, value| {
        if path.is_ident("rename") {
            key = value;
        }
    });
    key
}

fn is_flattened(field: &Field) -> bool {
    let mut flattened = false;
    serde_items(field, |path, _| flattened |= path.is_ident("flatten"));
    flattened
}

/// Options and defaulted fields may be absent; what is left may not.
fn is_required(ty: &Type, field: &Field) -> bool {
    let mut defaulted = false;
    serde_items(field, |path, _| defaulted |= path.is_ident("default"));
    !defaulted && last_segment(ty).is_none_or(|name| name != "Option")
}

/// The hand-made reader knows no defaults.
fn without_default(field: &mut Field) {
    let mut kept: Vec<TokenStream> = Vec::new();
    serde_items(field, |path, value| {
        if !path.is_ident("default") {
            let value = value.map(|value| quote!(= #value));
            kept.push(quote!(#path #value));
        }
    });
    field.attrs.retain(|attr| !attr.path().is_ident("serde"));
    if !kept.is_empty() {
        field.attrs.push(parse_quote!(#[serde(#(#kept),*)]));
    }
}

/// Adds the new field to every literal of an extended struct.
struct Literals<'a> {
    extended: &'a BTreeMap<String, Ident>,
    current: Option<String>,
    in_builders: bool,
}

impl VisitMut for Literals<'_> {
    fn visit_item_mod_mut(&mut self, item: &mut ItemMod) {
        self.in_builders = true;
        visit_mut::visit_item_mod_mut(self, item);
        self.in_builders = false;
    }

    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        // A builder has the name of its type, which it calls `super::Name`.
        let is_type = match &*item.self_ty {
            Type::Path(path) => !self.in_builders || path.path.segments.len() > 1,
            _ => false,
        };
        self.current = implementer(item).filter(|_| is_type);
        visit_mut::visit_item_impl_mut(self, item);
        self.current = None;
    }

    fn visit_expr_struct_mut(&mut self, literal: &mut ExprStruct) {
        visit_mut::visit_expr_struct_mut(self, literal);
        let extra = self
            .current
            .as_ref()
            .and_then(|name| self.extended.get(name));
        if let Some(extra) = extra.filter(|_| literal.path.is_ident("Self")) {
            literal
                .fields
                .push(parse_quote!(#extra: ::std::default::Default::default()));
        }
    }
}
