//! Adds a variant for unknown values to every enum of strings.
//!
//! A response must remain readable if it has an unknown value. Enums that only requests
//! contain get the variant too, so that they don't change if a response contains them later.
//! The validation refuses values that may not be sent.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, File, Item, ItemEnum, LitStr, parse_quote};

use super::options::Options;
use crate::{
    lower::original,
    syntax::{docs, module_mut, trait_name, type_name},
};

/// The generator's conversions that this pass replaces.
const REPLACED: [&str; 3] = ["Display", "FromStr", "TryFrom"];

pub(super) fn run(file: &mut File) -> usize {
    let Some(types) = module_mut(&mut file.items, "types") else {
        return 0;
    };
    let enums: BTreeMap<String, TokenStream> = types
        .iter()
        .filter_map(|item| match item {
            Item::Enum(item) if is_of_strings(item) => Some((item.ident.to_string(), open(item))),
            _ => None,
        })
        .collect();
    let is_replaced = |item: &syn::ItemImpl| {
        type_name(&item.self_ty).is_some_and(|name| enums.contains_key(&name))
            && trait_name(item).is_some_and(|name| REPLACED.contains(&name.as_str()))
    };
    let mut opened = Vec::with_capacity(types.len());
    for item in types.drain(..) {
        match item {
            Item::Enum(item) if enums.contains_key(&item.ident.to_string()) => {
                let code = &enums[&item.ident.to_string()];
                let code: File = parse_quote!(#code);
                opened.extend(code.items);
            }
            Item::Impl(item) if is_replaced(&item) => {}
            item => opened.push(item),
        }
    }
    *types = opened;
    enums.len()
}

/// Whether an enum has only strings as values. The generator gives the variants of such an
/// enum no fields.
fn is_of_strings(item: &ItemEnum) -> bool {
    !item.variants.is_empty()
        && item
            .variants
            .iter()
            .all(|variant| matches!(variant.fields, Fields::Unit))
}

/// Returns the code of an open enum in place of a closed one.
fn open(item: &ItemEnum) -> TokenStream {
    let name = &item.ident;
    let docs = docs(&item.attrs);
    let variants: Vec<_> = item.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<LitStr> = item
        .variants
        .iter()
        .map(|variant| {
            let options = Options::of(&variant.attrs);
            let renamed = options.renamed().map(LitStr::value);
            let value = renamed.unwrap_or_else(|| variant.ident.to_string());
            LitStr::new(&original(&value), name.span())
        })
        .collect();
    let variant_docs: Vec<_> = values
        .iter()
        .map(|value| format!(" `{}`", value.value()))
        .collect();
    // If a known value has the name `Unknown`, the new variant gets another name.
    let taken = variants.iter().any(|variant| *variant == "Unknown");
    let unknown = format_ident!("{}", if taken { "UnknownValue" } else { "Unknown" });
    quote! {
        #(#docs)*
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #variant_docs] #variants,)*
            /// A value that this version does not know, kept unchanged.
            #unknown(crate::support::Unknown),
        }

        impl #name {
            /// The values that this version knows.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];

            /// Returns the text of the value in JSON, without quotes.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::#unknown(value) => value.as_str(),
                }
            }
        }

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::#unknown(crate::support::Unknown::new(value)),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                deserializer.deserialize_str(crate::support::FromText::new())
            }
        }

        impl crate::support::lenient::Lenient for #name {
            fn lenient(
                source: &mut dyn crate::support::lenient::Source<'_>,
                value: &mut ::std::option::Option<Self>,
            ) -> ::std::result::Result<bool, crate::support::lenient::Broken> {
                crate::support::lenient::text(source, value)
            }
        }
    }
}
