//! How values go through the signatures of setters.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{FnArg, Ident, Type, parse_quote};

use super::last_segment;

/// A kind of type.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Taken as it is, and copied.
    Copied,
    /// Taken as it is, and changed in place.
    List,
    Map,
    /// Taken as whatever it is made from.
    Text,
    Other,
}

impl Kind {
    pub fn of(ty: &Type) -> Self {
        let Some(name) = last_segment(ty) else {
            return Self::Copied;
        };
        match name.as_str() {
            "String" => Self::Text,
            "Vec" => Self::List,
            "BTreeMap" | "HashMap" | "Map" => Self::Map,
            "DateTime" | "IpAddr" | "NaiveDate" | "NonZeroU32" | "NonZeroU64" | "Uuid" | "bool"
            | "f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => {
                Self::Copied
            }
            _ => Self::Other,
        }
    }

    /// A parameter for a value of this type.
    pub fn argument(self, name: &Ident, ty: &Type) -> FnArg {
        match self {
            Self::Text | Self::Other => parse_quote!(#name: impl ::std::convert::Into<#ty>),
            Self::Copied | Self::List | Self::Map => parse_quote!(#name: #ty),
        }
    }

    /// The value of such a parameter.
    pub fn value(self, name: &Ident) -> TokenStream {
        match self {
            Self::Text | Self::Other => quote!(#name.into()),
            Self::Copied | Self::List | Self::Map => quote!(#name),
        }
    }
}
