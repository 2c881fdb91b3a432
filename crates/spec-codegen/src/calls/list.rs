//! Generates the code of calls that return one page of a list.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, Ident, Item, ItemStruct, Type};

use super::operation::{Answer, Operation, Parameter};
use crate::{
    polish::kind::ValueKind,
    syntax::{argument, argument_of, is_named, type_name},
};

/// The facts from which the code is generated that reads a list page by page.
pub(super) struct List {
    /// The type of a page.
    page: Type,
    /// The type of the items.
    pub item: Type,
    next: Paging,
    /// The parameter for the size of a page, and its maximum.
    size: Option<(Ident, i64)>,
}

enum Paging {
    /// By a cursor, which the response has in `meta.next_cursor`.
    Cursor(Ident),
    /// By a page number: the one after `meta.page`, up to `meta.nb_pages`.
    Number(Ident),
}

impl List {
    /// Returns the list that an operation reads. None, unless its response has
    /// `data` and `meta`, and it has a parameter for the next page.
    pub fn of(operation: &Operation, types: &[Item]) -> Option<Self> {
        let Answer::Json(page) = &operation.answer else {
            return None;
        };
        let envelope = structure(types, page)?;
        let data = field(envelope, "data")?;
        let item = argument_of(data, "Vec")?;
        let meta = structure(types, argument(field(envelope, "meta")?)?)?;
        let parameter = |name: &str| {
            let mut all = operation.parameters.iter();
            all.find(|parameter| parameter.name == name)
        };
        let holds = |parameter: &&Parameter, name: &str| is_named(&parameter.ty, name);
        let cursor = parameter("cursor").filter(|one| holds(one, "String"));
        let number = parameter("page").filter(|one| holds(one, "i64"));
        let next = match (cursor, number) {
            (Some(cursor), _)
                if field(meta, "next_cursor").is_some_and(|ty| is_option(ty, "String")) =>
            {
                Paging::Cursor(cursor.ident.clone())
            }
            (_, Some(number))
                if ["page", "nb_pages"]
                    .iter()
                    .all(|name| field(meta, name).is_some_and(|ty| is_option(ty, "i64"))) =>
            {
                Paging::Number(number.ident.clone())
            }
            _ => return None,
        };
        let size = ["limit", "per_page"].into_iter().find_map(parameter);
        let size = size.filter(|one| holds(one, "i64"));
        Some(Self {
            page: page.clone(),
            item: of_types(item),
            next,
            size: size.and_then(|size| Some((size.ident.clone(), size.maximum?))),
        })
    }

    /// Returns the parameter that takes a cursor.
    pub fn cursor(&self) -> Option<&Ident> {
        match &self.next {
            Paging::Cursor(cursor) => Some(cursor),
            Paging::Number(_) => None,
        }
    }

    /// Returns the implementation of `support::List` for a call.
    pub fn code(&self, call: &Ident) -> TokenStream {
        let Self { page, item, .. } = self;
        let (place, next, go_to) = match &self.next {
            Paging::Cursor(cursor) => (
                quote!(::std::string::String),
                quote! {
                    let meta = page.meta.as_ref();
                    crate::support::cursor(meta.and_then(|meta| meta.next_cursor.as_deref()))
                },
                quote!(self.#cursor = ::std::option::Option::Some(place);),
            ),
            Paging::Number(number) => (
                quote!(i64),
                quote! {
                    let told = page.meta.as_ref().map(|meta| (meta.page, meta.nb_pages));
                    let (page, last) = told.unwrap_or_default();
                    ::std::result::Result::Ok(crate::support::page_after(self.#number, page, last))
                },
                quote!(self.#number = ::std::option::Option::Some(place);),
            ),
        };
        let enlarge = self.size.as_ref().map(|(size, largest)| {
            quote! {
                fn enlarge(&mut self) {
                    self.#size.get_or_insert(#largest);
                }
            }
        });
        quote! {
            impl crate::support::List for #call {
                type Page = #page;
                type Item = #item;
                type Place = #place;

                fn page(self) -> crate::support::Pending<Self::Page> {
                    ::std::boxed::Box::pin(self.send())
                }

                fn next(
                    &self,
                    page: &Self::Page,
                ) -> ::std::result::Result<::std::option::Option<Self::Place>, crate::support::Error> {
                    #next
                }

                fn go_to(&mut self, place: Self::Place) {
                    #go_to
                }

                fn items(page: Self::Page) -> ::std::vec::Vec<Self::Item> {
                    page.data
                }

                #enlarge
            }
        }
    }

    /// Returns the methods `pages` and `stream` of a call.
    pub fn methods(&self) -> TokenStream {
        let Self {
            page, item, size, ..
        } = self;
        let large = match size {
            Some((size, largest)) => format!(
                " Pages are as large as [`{size}`](Self::{size}) says, or {largest} if nothing is said."
            ),
            None => String::new(),
        };
        let stream =
            format!(" Reads everything from here on, page by page as it is asked for.{large}");
        quote! {
            /// Reads the pages from here on, each as it is asked for.
            pub fn pages(self) -> crate::support::ListStream<crate::support::Response<#page>> {
                crate::support::pages(self)
            }

            #[doc = #stream]
            pub fn stream(self) -> crate::support::ListStream<#item> {
                crate::support::items(self)
            }
        }
    }
}

/// Returns the path of a type outside the module `types`.
fn of_types(ty: &Type) -> Type {
    match ty {
        Type::Path(path)
            if path.path.get_ident().is_some() && ValueKind::of(ty) == ValueKind::Other =>
        {
            syn::parse_quote!(types::#path)
        }
        other => other.clone(),
    }
}

fn structure<'a>(types: &'a [Item], ty: &Type) -> Option<&'a ItemStruct> {
    let name = type_name(ty)?;
    types.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(item),
        _ => None,
    })
}

fn field<'a>(item: &'a ItemStruct, name: &str) -> Option<&'a Type> {
    let Fields::Named(fields) = &item.fields else {
        return None;
    };
    let mut all = fields.named.iter();
    let found = all.find(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
    found.map(|field| &field.ty)
}

fn is_option(ty: &Type, name: &str) -> bool {
    argument_of(ty, "Option").is_some_and(|inner| is_named(inner, name))
}
