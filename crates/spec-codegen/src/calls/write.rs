//! Generates the code of one operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, Item, parse_quote};

use super::inputs::{Input, arguments, options};
use super::list::List;
use super::operation::{Answer, BodyKind, Location, Operation, Parameter};
use crate::query::Style;

/// The methods of calls, apart from those that begin with `with_`. No setter may have these
/// names.
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
    let arguments = arguments(operation);
    let docs = method_docs(operation, &arguments);
    let declared = arguments.iter().map(|input| input.argument(&input.ident));
    let values = arguments.iter().map(|input| input.value(&input.ident));
    quote! {
        #[doc = #docs]
        pub fn #method(&self, #(#declared),*) -> calls::#call {
            calls::#call::new(crate::support::Call::new(&self.connection), #(#values),*)
        }
    }
}

fn method_docs(operation: &Operation, arguments: &[Input]) -> String {
    let mut docs = operation.docs.clone();
    let mut described = arguments
        .iter()
        .filter(|input| !input.docs.is_empty())
        .peekable();
    if described.peek().is_some() {
        docs.push_str("\n\nArguments:");
    }
    for Input {
        ident, docs: text, ..
    } in described
    {
        docs.push_str(&format!("\n- `{ident}`: {text}"));
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
    let (arguments, options) = (arguments(operation), options(operation));
    let setters = options.iter().map(setter);
    let [(names, types), (optional, optional_types)] = [&arguments, &options].map(|inputs| {
        let fields = inputs.iter().map(|input| (&input.ident, &input.ty));
        fields.unzip::<_, _, Vec<_>, Vec<_>>()
    });
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
            #(#names: #types,)*
            #(#optional: ::std::option::Option<#optional_types>,)*
        }

        crate::support::call_type!(#call -> #answer, operations::#described);

        impl #call {
            pub(super) fn new(call: crate::support::Call, #(#names: #types),*) -> Self {
                Self {
                    call,
                    #(#names,)*
                    #(#optional: ::std::option::Option::None,)*
                }
            }

            #(#setters)*

            /// Sets the time limit of the call with all its attempts and waits, in
            /// place of the client's limit.
            pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.call.set_timeout(timeout);
                self
            }

            /// Sets the lane in which the call waits for the rate limit.
            pub fn with_lane(mut self, lane: crate::support::Lane) -> Self {
                self.call.set_lane(lane);
                self
            }

            /// Sets the retry policy of the call, in place of the client's policy.
            pub fn with_retry(mut self, policy: crate::support::RetryPolicy) -> Self {
                self.call.set_retry(policy);
                self
            }

            /// Sends the request, and waits for the answer.
            ///
            /// # Errors
            ///
            /// See [`Error`](crate::support::Error). An invalid request is not
            /// sent, and `violations` has the rules that it breaks. `delivery` says
            /// whether a request was sent and applied, as far as that is known.
            ///
            /// # Cancel safety
            ///
            /// If the future of a write is dropped after the request was sent, it is
            /// unknown whether the write was applied.
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

/// Returns the type of the response, and the function that reads the response.
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

fn setter(input: &Input) -> TokenStream {
    let Input { ident, title, .. } = input;
    let value = format_ident!("value");
    let (argument, given) = (input.argument(&value), input.value(&value));
    let mut docs = match input.docs.as_str() {
        "" => format!("Sets {title}."),
        docs => docs.to_owned(),
    };
    if input.is_required {
        docs.push_str(" Required.");
    }
    let setter = setter_name(ident);
    quote! {
        #[doc = #docs]
        pub fn #setter(mut self, #argument) -> Self {
            self.#ident = ::std::option::Option::Some(#given);
            self
        }
    }
}

/// Returns the name of a setter: the name of its parameter, with an underscore if calls
/// may have a method of that name.
fn setter_name(ident: &Ident) -> Ident {
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
        match one.location {
            Location::Path => quote!(draft.path(#name, #rule, &self.#ident);),
            Location::Query if cursor == Some(ident) => {
                quote!(draft.cursor(#name, self.#ident.as_deref());)
            }
            Location::Query => {
                let value = quote!(#name, #rule, #is_required, &self.#ident);
                match one.style {
                    None => quote!(draft.query(#value);),
                    Some(Style::Exploded) => quote!(draft.query_members(#value);),
                    Some(Style::Deep) => quote!(draft.query_deep(#value);),
                    Some(Style::Joined(between)) => quote!(draft.query_joined(#between, #value);),
                }
            }
            Location::Header => quote!(draft.header(#name, #rule, #is_required, &self.#ident);),
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
