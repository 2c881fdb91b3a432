//! Decides how setters take values, and how getters return them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type, parse_quote};

use crate::syntax::type_name;

/// How methods take and return values of a type.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum ValueKind {
    /// Values are taken and returned as they are.
    Copied,
    /// Lists are taken as they are, returned as slices, and changed in place.
    List,
    /// Maps are taken as they are, returned by reference, and changed in place.
    Map,
    /// Texts are taken as `impl Into<String>` and returned as `&str`.
    Text,
    /// Values of other types are taken as `impl Into` and returned by reference.
    Other,
}

impl ValueKind {
    pub fn of(ty: &Type) -> Self {
        let Some(name) = type_name(ty) else {
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

    /// Returns the type of a function's argument for a value of type `ty`.
    pub fn taken(self, ty: &Type) -> Type {
        match self {
            Self::Text | Self::Other => parse_quote!(impl ::std::convert::Into<#ty>),
            Self::Copied | Self::List | Self::Map => ty.clone(),
        }
    }

    /// Returns the expression that converts such an argument to the type of the value.
    pub fn value(self, name: &Ident) -> TokenStream {
        match self {
            Self::Text | Self::Other => quote!(#name.into()),
            Self::Copied | Self::List | Self::Map => quote!(#name),
        }
    }
}
