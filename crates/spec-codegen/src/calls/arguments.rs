//! The arguments and fields of calls, for parameters and bodies.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, Ident, Type, parse_quote};

use super::read::{Body, BodyKind, Operation, Parameter, Place};
use crate::polish::kind::ValueKind;

/// The arguments of a client's method, which it passes on to the call: the
/// parameters in the path, then the body.
pub(super) struct MethodArguments {
    pub names: Vec<Ident>,
    pub taken: Vec<FnArg>,
    pub values: Vec<TokenStream>,
    /// The fields of the call that hold the arguments.
    pub kept: Vec<FnArg>,
}

impl MethodArguments {
    pub fn of(operation: &Operation) -> Self {
        let mut given = Self {
            names: Vec::new(),
            taken: Vec::new(),
            values: Vec::new(),
            kept: Vec::new(),
        };
        for Parameter { ident, ty, .. } in in_path(operation) {
            let kind = ValueKind::of(ty);
            given.names.push(ident.clone());
            given.taken.push(kind.argument(ident, ty));
            given.values.push(kind.value(ident));
            given.kept.push(parse_quote!(#ident: #ty));
        }
        if let Some(body) = operation.body(false) {
            let (ident, kept) = (format_ident!("body"), kept(body));
            let (taken, value) = taken(body, &ident);
            given.names.push(ident.clone());
            given.taken.push(taken);
            given.values.push(value);
            given.kept.push(parse_quote!(#ident: #kept));
        }
        given
    }
}

pub(super) fn in_path(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let all = operation.parameters.iter();
    all.filter(|one| one.place == Place::Path)
}

pub(super) fn elsewhere(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let all = operation.parameters.iter();
    all.filter(|one| one.place != Place::Path)
}

/// Returns the type of the call's field that holds the body.
pub(super) fn kept(body: &Body) -> Type {
    match &body.kind {
        BodyKind::Json { ty, .. } => parse_quote!(crate::support::JsonBody<#ty>),
        BodyKind::Form { ty, .. } => ty.clone(),
        BodyKind::Multipart => parse_quote!(crate::support::KeptForm),
        BodyKind::Raw { .. } => parse_quote!(crate::support::KeptBody),
    }
}

/// Returns the method's argument for a body, and the expression that converts
/// it to the field's type.
pub(super) fn taken(body: &Body, name: &Ident) -> (FnArg, TokenStream) {
    match &body.kind {
        BodyKind::Json { ty, .. } => (
            parse_quote!(#name: impl ::std::convert::Into<crate::support::JsonBody<#ty>>),
            quote!(#name.into()),
        ),
        BodyKind::Form { ty, .. } => {
            let kind = ValueKind::of(ty);
            (kind.argument(name, ty), kind.value(name))
        }
        BodyKind::Multipart => (
            parse_quote!(#name: crate::support::Multipart),
            quote!(crate::support::KeptForm::new(#name)),
        ),
        BodyKind::Raw { .. } => (
            parse_quote!(#name: impl ::std::convert::Into<crate::support::RequestBody>),
            quote!(crate::support::KeptBody::new(#name)),
        ),
    }
}
