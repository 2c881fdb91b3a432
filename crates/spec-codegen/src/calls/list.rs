//! Generates the code of calls that return one page of a list.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, Ident, Item, ItemStruct, Type};

use super::operation::{Answer, Operation, Parameter};
use crate::{
    polish::kind::ValueKind,
    syntax::{argument, argument_of, is_named, type_name},
};

/// The facts about a list. The code that reads the list page by page is generated from them.
pub(super) struct List {
    /// The type of a page.
    page: Type,
    /// The type of the items.
    pub item: Type,
    next: Paging,
    /// The parameter for the size of a page, and the maximum of the parameter.
    size: Option<(Ident, i64)>,
}

enum Paging {
    /// The parameter takes a cursor. A page has the cursor of the next page in
    /// `meta.next_cursor`.
    Cursor(Ident),
    /// The parameter takes a page number. A page has its own number in `meta.page` and the
    /// number of the last page in `meta.nb_pages`.
    Number(Ident),
}

impl List {
    /// Returns the list that an operation reads. `None` unless the response has `data` and
    /// `meta`, and the operation has a parameter for the next page.
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
                " [`{size}`](Self::{size}) sets the size of pages, which is {largest} by default."
            ),
            None => String::new(),
        };
        let stream = format!(
            " Reads the items of this page and of all later pages. A page is requested when it is needed.{large}"
        );
        quote! {
            /// Reads this page and all later pages. A page is requested when it is needed.
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

/// Returns a type as code outside the module `types` refers to it.
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
