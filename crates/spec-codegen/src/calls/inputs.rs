//! The inputs of a call: the parameters and the body, which the call stores until it is sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, Ident, Type, parse_quote};

use super::operation::{Body, BodyKind, Location, Operation, Parameter};
use crate::polish::kind::ValueKind;

/// A parameter or body, as a field of the call.
pub(super) struct Input {
    pub ident: Ident,
    /// The type of the field.
    pub ty: Type,
    /// The type of the argument by which a method accepts the value.
    taken: Type,
    /// How the method accepts the value; `None` if the type of the field wraps the value.
    kind: Option<ValueKind>,
    /// The description in the document, which may be empty.
    pub docs: String,
    /// The name of the input in docs.
    pub title: String,
    pub is_required: bool,
}

/// Returns the inputs that the client's method takes: the parameters in the path, then the body,
/// unless it may be omitted.
pub(super) fn arguments(operation: &Operation) -> Vec<Input> {
    inputs(operation, true)
}

/// Returns the inputs that have a setter: the other parameters, and a body that may be
/// omitted.
pub(super) fn options(operation: &Operation) -> Vec<Input> {
    inputs(operation, false)
}

fn inputs(operation: &Operation, are_arguments: bool) -> Vec<Input> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|one| (one.location == Location::Path) == are_arguments);
    let body = operation.body.iter();
    let body = body.filter(|body| body.is_optional != are_arguments);
    parameters
        .map(Input::of_parameter)
        .chain(body.map(Input::of_body))
        .collect()
}

impl Input {
    fn of_parameter(parameter: &Parameter) -> Self {
        Self {
            docs: parameter.docs.clone(),
            title: format!("`{}`", parameter.name),
            is_required: parameter.is_required,
            ..Self::of_value(parameter.ident.clone(), parameter.ty.clone())
        }
    }

    fn of_body(body: &Body) -> Self {
        let value = |ty: Type| Self::of_value(format_ident!("body"), ty);
        let input = match &body.kind {
            BodyKind::Json { ty, .. } => value(parse_quote!(crate::support::JsonBody<#ty>)),
            BodyKind::Form { ty, .. } => value(ty.clone()),
            BodyKind::Multipart => Self {
                taken: parse_quote!(crate::support::Multipart),
                kind: None,
                ..value(parse_quote!(crate::support::KeptForm))
            },
            BodyKind::Raw { .. } => Self {
                taken: parse_quote!(impl ::std::convert::Into<crate::support::RequestBody>),
                kind: None,
                ..value(parse_quote!(crate::support::KeptBody))
            },
        };
        Self {
            docs: body.docs.clone(),
            title: "the body".to_owned(),
            ..input
        }
    }

    fn of_value(ident: Ident, ty: Type) -> Self {
        let kind = ValueKind::of(&ty);
        Self {
            ident,
            taken: kind.taken(&ty),
            ty,
            kind: Some(kind),
            docs: String::new(),
            title: String::new(),
            is_required: false,
        }
    }

    /// Returns the argument of a method.
    pub fn argument(&self, name: &Ident) -> FnArg {
        let taken = &self.taken;
        parse_quote!(#name: #taken)
    }

    /// Returns the value of the argument, converted to the type of the field.
    pub fn value(&self, name: &Ident) -> TokenStream {
        let ty = &self.ty;
        match self.kind {
            Some(kind) => kind.value(name),
            None => quote!(#ty::new(#name)),
        }
    }
}
