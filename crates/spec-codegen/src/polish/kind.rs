//! Decides how the signatures of setters and getters pass values.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type, parse_quote};

use crate::syntax::type_name;

/// The kind of a type, by how its values are passed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum ValueKind {
    /// Passed and returned by value.
    Copied,
    /// Passed by value, returned as a slice, and changed in place.
    List,
    Map,
    /// Passed as `impl Into<String>`, returned as `&str`.
    Text,
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

    /// Returns the type that a function takes for a value of this type.
    pub fn taken(self, ty: &Type) -> Type {
        match self {
            Self::Text | Self::Other => parse_quote!(impl ::std::convert::Into<#ty>),
            Self::Copied | Self::List | Self::Map => ty.clone(),
        }
    }

    /// Returns the value of an argument of that type.
    pub fn value(self, name: &Ident) -> TokenStream {
        match self {
            Self::Text | Self::Other => quote!(#name.into()),
            Self::Copied | Self::List | Self::Map => quote!(#name),
        }
    }
}
