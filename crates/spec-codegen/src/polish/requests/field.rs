//! Rewrites one field of a type of requests, and generates the methods of the field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, FnArg, Ident, ImplItem, Type, Visibility, parse_quote};

use super::take_mark;
use crate::{
    polish::{kind::ValueKind, options::Options},
    syntax::{self, argument, argument_of},
};

/// A field as the generator wrote it.
pub(super) struct Field {
    pub ident: Ident,
    /// Whether `new` takes the value.
    pub is_required: bool,
    /// The type of the value, without `Option` and `Box`.
    ty: Type,
    /// Whether the field is boxed, because the type is recursive.
    is_boxed: bool,
    kind: ValueKind,
    storage: Storage,
    is_nullable: bool,
    docs: Vec<Attribute>,
    is_public: bool,
}

/// How a field stores its value.
#[derive(Clone, Copy, PartialEq)]
enum Storage {
    /// As the value itself. An omitted list or map is empty.
    Value,
    /// As an `Option`.
    Option,
    /// As a `support::Member`, which distinguishes no value, null and a value.
    Member,
}

impl Field {
    /// Reads a field, and changes its type and serde options to those of its storage. Makes the
    /// field private unless `is_public`.
    pub fn of(field: &mut syn::Field, is_public: bool) -> Option<Self> {
        let ident = field.ident.clone()?;
        let options = Options::of(&field.attrs);
        let is_nullable = take_mark(&mut field.attrs);
        let is_required = !["default", "flatten", "skip_serializing_if"]
            .iter()
            .any(|option| options.has(option));
        let (kept, storage) = match argument_of(&field.ty, "Option").cloned() {
            Some(inner) if is_public => (inner, Storage::Option),
            Some(inner) => (inner, Storage::Member),
            None if is_required && !is_public => (field.ty.clone(), Storage::Member),
            None => (field.ty.clone(), Storage::Value),
        };
        let docs = docs(field, &options, &ident);
        if !is_public {
            field.vis = Visibility::Inherited;
            field.attrs.retain(|attr| !attr.path().is_ident("doc"));
        }
        if storage == Storage::Member {
            field.ty = parse_quote!(crate::support::Member<#kept>);
            let is_absent = parse_quote!("crate::support::Member::is_absent");
            options
                .without(&["default", "deserialize_with", "skip_serializing_if"])
                .with(parse_quote!(skip_serializing_if), Some(is_absent))
                .write(field);
        }
        let unboxed = argument_of(&kept, "Box").cloned();
        let is_boxed = unboxed.is_some();
        let ty = unboxed.unwrap_or(kept);
        Some(Self {
            ident,
            is_required,
            kind: ValueKind::of(&ty),
            ty,
            is_boxed,
            storage,
            is_nullable,
            docs,
            is_public,
        })
    }

    /// Returns the argument of a function that sets the field.
    pub fn argument(&self, name: &Ident) -> FnArg {
        let taken = self.kind.taken(&self.ty);
        parse_quote!(#name: #taken)
    }

    /// Returns the code that sets the field to such an argument. The code is written behind the
    /// object and a dot, as in `self.`.
    pub fn set(&self, name: &Ident) -> TokenStream {
        let ident = &self.ident;
        let value = self.kind.value(name);
        let value = match self.is_boxed {
            true => quote!(::std::boxed::Box::new(#value)),
            false => value,
        };
        match (self.storage, self.is_boxed) {
            (Storage::Member, true) => quote!(#ident.set_boxed(#name)),
            (Storage::Member, false) => quote!(#ident.set(#name)),
            (Storage::Option, _) => quote!(#ident = ::std::option::Option::Some(#value)),
            (Storage::Value, _) => quote!(#ident = #value),
        }
    }

    /// Returns the setter of the field. If the field is private, also returns the methods that
    /// read and change it.
    pub fn methods(&self) -> Vec<ImplItem> {
        let Self { ident, docs, .. } = self;
        let setter = setter(ident);
        let value = format_ident!("value");
        let (argument, set) = (self.argument(&value), self.set(&value));
        let mut methods = vec![parse_quote! {
            #(#docs)*
            pub fn #setter(mut self, #argument) -> Self {
                self.#set;
                self
            }
        }];
        if !self.is_public {
            methods.push(self.getter(&setter));
            methods.extend(self.changer(&setter));
        }
        if self.is_nullable && self.storage == Storage::Member {
            let name = format_ident!("clear_{}", bare(ident));
            let text = format!(" Sends null for [`{}`](Self::{setter}).", bare(ident));
            methods.push(parse_quote! {
                #[doc = #text]
                pub fn #name(mut self) -> Self {
                    self.#ident.set_null();
                    self
                }
            });
        }
        methods
    }

    fn getter(&self, setter: &Ident) -> ImplItem {
        let Self { ident, ty, .. } = self;
        let name = format_ident!("get_{}", bare(ident));
        let text = format!(" Returns the value of [`{}`](Self::{setter}).", bare(ident));
        let shown: Type = match self.kind {
            ValueKind::Copied => ty.clone(),
            ValueKind::Text => parse_quote!(&str),
            ValueKind::List => match argument(ty) {
                Some(item) => parse_quote!(&[#item]),
                None => parse_quote!(&#ty),
            },
            ValueKind::Map | ValueKind::Other => parse_quote!(&#ty),
        };
        let value = match (self.storage, self.kind) {
            (Storage::Member, ValueKind::Copied) => quote!(self.#ident.copied()),
            (Storage::Member, ValueKind::Text | ValueKind::List) => quote!(self.#ident.as_deref()),
            (Storage::Member, _) if self.is_boxed => quote!(self.#ident.as_deref()),
            (Storage::Member, _) => quote!(self.#ident.as_ref()),
            (_, ValueKind::Copied) => quote!(::std::option::Option::Some(self.#ident)),
            _ => quote!(::std::option::Option::Some(&self.#ident)),
        };
        parse_quote! {
            #[doc = #text]
            pub fn #name(&self) -> ::std::option::Option<#shown> {
                #value
            }
        }
    }

    /// Returns the method that changes a list or map in place.
    fn changer(&self, setter: &Ident) -> Option<ImplItem> {
        let Self { ident, ty, .. } = self;
        if !matches!(self.kind, ValueKind::List | ValueKind::Map) || self.is_boxed {
            return None;
        }
        let name = format_ident!("{}_mut", bare(ident));
        let text = format!(
            " Returns the value of [`{}`](Self::{setter}), to be changed.",
            bare(ident)
        );
        let value = match self.storage {
            Storage::Member => quote!(self.#ident.get_or_insert()),
            _ => quote!(&mut self.#ident),
        };
        Some(parse_quote! {
            #[doc = #text]
            pub fn #name(&mut self) -> &mut #ty {
                #value
            }
        })
    }
}

fn docs(field: &syn::Field, options: &Options, ident: &Ident) -> Vec<Attribute> {
    let docs = syntax::docs(&field.attrs);
    if !docs.is_empty() {
        return docs;
    }
    let name = options
        .renamed()
        .map_or_else(|| bare(ident), syn::LitStr::value);
    let text = format!(" Sets `{name}`.");
    vec![parse_quote!(#[doc = #text])]
}

/// Returns the name of the setter: the name of its field, with an underscore if another
/// method may have that name.
fn setter(ident: &Ident) -> Ident {
    let name = ident.to_string();
    let taken = [
        "clone",
        "default",
        "into",
        "new",
        "to_owned",
        "validate",
        "validate_json",
    ];
    let is_taken = taken.contains(&name.as_str())
        || name.starts_with("get_")
        || name.starts_with("clear_")
        || name.ends_with("_mut");
    match is_taken {
        true => format_ident!("{name}_"),
        false => ident.clone(),
    }
}

/// Returns a name without `r#` and the underscore by which it differs from a keyword.
fn bare(ident: &Ident) -> String {
    let name = ident.to_string();
    let name = name.trim_start_matches("r#");
    name.strip_suffix('_').unwrap_or(name).to_owned()
}
