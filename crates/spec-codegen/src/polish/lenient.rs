//! Gives the types of responses a lenient reader, which keeps unknown fields.
//!
//! The derived `Deserialize` fails on a null list, a numeric string or a repeated key, so that
//! the caller would not get the ticket at all. Each struct in responses gets a map of unknown
//! fields, and a `Deserialize` implementation by the macro `support::response_type!`, which
//! takes the names of the fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, File, Ident, Item, ItemStruct, LitStr, parse_quote, punctuated::Punctuated};

use super::{message_types::MessageTypes, options::Options};
use crate::syntax::{docs, is_named, module_mut, underive};

pub(super) fn run(file: &mut File) -> usize {
    let received = MessageTypes::of(file).received;
    let Some(types) = module_mut(&mut file.items, "types") else {
        return 0;
    };
    let mut count = 0;
    let items = types.drain(..).flat_map(|mut item| {
        let added = match &mut item {
            Item::Struct(item) if received.contains(&item.ident.to_string()) => {
                Some(reader(item).unwrap_or_else(|| strict(&item.ident)))
            }
            Item::Enum(item) if received.contains(&item.ident.to_string()) && !is_open(item) => {
                Some(strict(&item.ident))
            }
            _ => None,
        };
        count += usize::from(added.is_some());
        [Some(item), added].into_iter().flatten()
    });
    *types = items.collect();
    count
}

/// Whether the pass `open_enums` has changed an enum, and given it a lenient reader.
fn is_open(item: &syn::ItemEnum) -> bool {
    item.variants.iter().any(|variant| {
        variant
            .fields
            .iter()
            .any(|field| is_named(&field.ty, "Unknown"))
    })
}

/// Implements `Lenient` for a type that isn't a struct with fields. A value is read strictly,
/// and dropped if it can't be read.
fn strict(name: &Ident) -> Item {
    parse_quote! {
        impl crate::support::lenient::Lenient for #name {
            fn lenient(
                source: &mut dyn crate::support::lenient::Source<'_>,
                value: &mut ::std::option::Option<Self>,
            ) -> ::std::result::Result<bool, crate::support::lenient::Broken> {
                crate::support::lenient::strict(source, value)
            }
        }
    }
}

/// Adds a field for unknown fields, and removes the derived reader. Returns the call of the
/// macro that implements the lenient reader.
fn reader(item: &mut ItemStruct) -> Option<Item> {
    let extra = extra_fields(item);
    let Fields::Named(fields) = &mut item.fields else {
        return None;
    };
    for derived in ["Debug", "Deserialize"] {
        underive(&mut item.attrs, derived);
    }
    item.attrs.retain(|attr| !attr.path().is_ident("serde"));
    let mut required: Vec<LitStr> = Vec::new();
    let mut read = TokenStream::new();
    let mut kept = Punctuated::new();
    for mut field in std::mem::take(&mut fields.named) {
        let options = Options::of(&field.attrs);
        // The map of unknown fields replaces a flattened map of the generator.
        if options.has("flatten") {
            continue;
        }
        if let Some(ident) = field.ident.clone() {
            let key = match options.renamed() {
                Some(key) => key.clone(),
                None => LitStr::new(&ident.to_string(), ident.span()),
            };
            read.extend(quote!(, #key => #ident));
            if docs(&field.attrs).is_empty() {
                let text = format!(" The field `{}`.", key.value());
                field.attrs.insert(0, parse_quote!(#[doc = #text]));
            }
            // A field may be missing if it is an `Option` or has a default.
            if !is_named(&field.ty, "Option") && !options.has("default") {
                required.push(key);
            }
            // The lenient reader doesn't use serde's defaults.
            if options.has("default") {
                options.without(&["default"]).write(&mut field);
            }
        }
        kept.push(field);
    }
    kept.push(parse_quote! {
        /// Fields of the response that this version does not know.
        #[serde(flatten)]
        pub #extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>
    });
    fields.named = kept;
    let name = &item.ident;
    Some(parse_quote! {
        crate::support::response_type! { #name, #extra, [#(#required),*] #read }
    })
}

/// Returns a name for the map of unknown fields that no other field has.
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
