//! Generates the code of one operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, Item, parse_quote};

use super::arguments::{MethodArguments, elsewhere, in_path, kept, taken};
use super::list::List;
use super::read::{Answer, Body, BodyKind, Operation, Parameter, Place};
use crate::polish::kind::ValueKind;
use crate::query::Style;

/// Methods that every call has, whose names no setter may have.
const METHODS: [&str; 9] = [
    "clone",
    "draft",
    "into",
    "into_future",
    "new",
    "pages",
    "send",
    "stream",
    "to_owned",
];

/// Returns the client's method that makes a call.
pub(super) fn method(operation: &Operation) -> TokenStream {
    let Operation { method, call, .. } = operation;
    let MethodArguments { taken, values, .. } = MethodArguments::of(operation);
    let docs = method_docs(operation);
    quote! {
        #[doc = #docs]
        pub fn #method(&self, #(#taken),*) -> calls::#call {
            calls::#call::new(crate::support::Call::new(&self.connection), #(#values),*)
        }
    }
}

fn method_docs(operation: &Operation) -> String {
    let mut docs = operation.docs.clone();
    let described = in_path(operation).map(|one| (one.ident.to_string(), one.docs.as_str()));
    let body = operation.body(false).into_iter();
    let described = described.chain(body.map(|body| ("body".to_owned(), body.docs.as_str())));
    let described: Vec<_> = described.filter(|(_, text)| !text.is_empty()).collect();
    if !described.is_empty() {
        docs.push_str("\n\nArguments:");
    }
    for (name, text) in described {
        docs.push_str(&format!("\n- `{name}`: {text}"));
    }
    docs
}

/// Returns the type of the call, with its methods.
pub(super) fn call(operation: &Operation, list: Option<&List>) -> Vec<Item> {
    let Operation {
        method,
        call,
        described,
        ..
    } = operation;
    let MethodArguments {
        names, kept: keeps, ..
    } = MethodArguments::of(operation);
    let optional: Vec<_> = elsewhere(operation)
        .map(|Parameter { ident, ty, .. }| (ident.clone(), quote!(#ty)))
        .chain(operation.body(true).map(|body| {
            let kept = kept(body);
            (format_ident!("body"), quote!(#kept))
        }))
        .collect();
    let (left_out, types): (Vec<_>, Vec<_>) = optional.into_iter().unzip();
    let setters = elsewhere(operation).map(setter);
    let body_setter = operation.body(true).map(body_setter);
    let (answer, read) = answer(operation, list);
    let writes = writes(operation, list);
    let of_list = list.map(List::methods);
    let of_runtime = list.map(|list| list.code(call));
    let docs = format!(" A call of [`Client::{method}`](crate::Client::{method}).");
    let code: File = parse_quote! {
        #[doc = #docs]
        #[derive(Clone)]
        #[must_use = "nothing is sent until the call is awaited"]
        pub struct #call {
            call: crate::support::Call,
            #(#keeps,)*
            #(#left_out: ::std::option::Option<#types>,)*
        }

        crate::support::call_type!(#call -> #answer, operations::#described);

        impl #call {
            pub(super) fn new(call: crate::support::Call, #(#keeps),*) -> Self {
                Self {
                    call,
                    #(#names,)*
                    #(#left_out: ::std::option::Option::None,)*
                }
            }

            #(#setters)*
            #body_setter

            /// Bounds the call with all its attempts and waits, in place of the client's limit.
            pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.call.set_timeout(timeout);
                self
            }

            /// Sets which queue for the rate limit the call waits in.
            pub fn with_lane(mut self, lane: crate::support::Lane) -> Self {
                self.call.set_lane(lane);
                self
            }

            /// Sets how persistent the call is, in place of the client's policy.
            pub fn with_retry(mut self, policy: crate::support::RetryPolicy) -> Self {
                self.call.set_retry(policy);
                self
            }

            /// Sends the request, and waits for the answer.
            ///
            /// # Errors
            ///
            /// See [`Error`](crate::support::Error): `violations` tells what kept the
            /// request from being sent, `delivery` what became of one that was.
            ///
            /// # Cancel safety
            ///
            /// When the future of a write is dropped after its request was sent,
            /// nobody knows whether it was applied.
            pub async fn send(
                self,
            ) -> ::std::result::Result<crate::support::Response<#answer>, crate::support::Error> {
                let draft = self.draft();
                self.call.send(&operations::#described, draft, crate::support::#read).await
            }

            #of_list

            fn draft(&self) -> crate::support::Draft {
                #[allow(unused_mut)]
                let mut draft = crate::support::Draft::new(&operations::#described);
                #(#writes)*
                draft
            }
        }

        #of_runtime
    };
    code.items
}

fn answer(operation: &Operation, list: Option<&List>) -> (TokenStream, Ident) {
    match &operation.answer {
        Answer::Nothing => (quote!(()), format_ident!("read_nothing")),
        Answer::Bytes => (quote!(crate::support::Bytes), format_ident!("read_bytes")),
        Answer::Json(ty) if list.is_some() => (quote!(#ty), format_ident!("read_list")),
        Answer::Json(ty) => (quote!(#ty), format_ident!("read_json")),
        Answer::MaybeJson(ty) => (
            quote!(::std::option::Option<#ty>),
            format_ident!("read_json_if_any"),
        ),
    }
}

fn setter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        ident,
        ty,
        docs,
        is_required,
        ..
    } = parameter;
    let kind = ValueKind::of(ty);
    let value = format_ident!("value");
    let (argument, given) = (kind.argument(&value, ty), kind.value(&value));
    let mut docs = match docs.as_str() {
        "" => format!("Sets `{name}`."),
        docs => docs.to_owned(),
    };
    if *is_required {
        docs.push_str(" Required.");
    }
    let setter = unlike_ours(ident);
    quote! {
        #[doc = #docs]
        pub fn #setter(mut self, #argument) -> Self {
            self.#ident = ::std::option::Option::Some(#given);
            self
        }
    }
}

fn body_setter(body: &Body) -> TokenStream {
    let (argument, given) = taken(body, &format_ident!("value"));
    let docs = match body.docs.as_str() {
        "" => "Sets the body.",
        docs => docs,
    };
    quote! {
        #[doc = #docs]
        pub fn body(mut self, #argument) -> Self {
            self.body = ::std::option::Option::Some(#given);
            self
        }
    }
}

/// Returns the name of a setter: that of its parameter, unless every call has a
/// method of that name.
fn unlike_ours(ident: &Ident) -> Ident {
    let name = ident.to_string();
    match METHODS.contains(&name.as_str()) || name.starts_with("with_") {
        true => format_ident!("{name}_"),
        false => ident.clone(),
    }
}

/// Returns the statements that fill the draft of a request.
fn writes(operation: &Operation, list: Option<&List>) -> Vec<TokenStream> {
    let cursor = list.and_then(List::cursor);
    let parameters = operation.parameters.iter().map(|one| {
        let Parameter {
            name,
            ident,
            is_required,
            ..
        } = one;
        let rule = rule(one.rule.as_ref());
        match one.place {
            Place::Path => quote!(draft.path(#name, #rule, &self.#ident);),
            Place::Query if cursor == Some(ident) => {
                quote!(draft.cursor(#name, self.#ident.as_deref());)
            }
            Place::Query => {
                let value = quote!(#name, #rule, #is_required, &self.#ident);
                match one.style {
                    None => quote!(draft.query(#value);),
                    Some(Style::Exploded) => quote!(draft.query_members(#value);),
                    Some(Style::Deep) => quote!(draft.query_deep(#value);),
                    Some(Style::Joined(between)) => quote!(draft.query_joined(#between, #value);),
                }
            }
            Place::Header => quote!(draft.header(#name, #rule, #is_required, &self.#ident);),
        }
    });
    let body = operation.body.iter().map(|body| {
        let write = match &body.kind {
            BodyKind::Json { rule: of, .. } => {
                let rule = rule(of.as_ref());
                quote!(draft.json(#rule, body);)
            }
            BodyKind::Form { rule: of, .. } => {
                let rule = rule(of.as_ref());
                quote!(draft.form(#rule, body);)
            }
            BodyKind::Multipart => quote!(draft.multipart(body);),
            BodyKind::Raw { content_type } => quote!(draft.body(#content_type, body.take());),
        };
        match body.is_optional {
            true => quote!(if let ::std::option::Option::Some(body) = &self.body { #write }),
            false => quote! {
                let body = &self.body;
                #write
            },
        }
    });
    parameters.chain(body).collect()
}

fn rule(rule: Option<&Ident>) -> TokenStream {
    match rule {
        Some(rule) => quote!(::std::option::Option::Some(&rules::#rule)),
        None => quote!(::std::option::Option::None),
    }
}
