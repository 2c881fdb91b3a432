//! Writes setters for the types of `gorgias` that stand for a component of the
//! document, such as `NewTicket` for `CreateTicket`.
//!
//! Each member of the component gets one, with the document's words, unless the
//! type has a method of that name by hand. The methods are read from the source
//! of `gorgias`, the members and their types from the generated client.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use quote::format_ident;
use serde_json::Value;
use spec_model::{escape, members, merged};
use syn::{
    Expr, Field, Fields, File, Ident, ImplItem, Item, ItemStruct, Path, Stmt, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

use crate::{
    emit::{self, Module, Source},
    names,
    polish::{arguments, implementer, last_segment},
};

/// The types of `gorgias`, and the components they stand for.
const TYPES: [(&str, &str); 5] = [
    ("Attachment", "CreateAttachment"),
    ("NewMessage", "CreateMessage"),
    ("NewTicket", "CreateTicket"),
    ("Participant", "CreateParticipant"),
    ("Source", "CreateSource"),
];

/// Writes a module of setters for each type. `types` are the client's,
/// `by_hand` is the source of `gorgias`.
pub fn generate(document: &Value, types: &File, by_hand: &[String]) -> Result<Vec<Source>> {
    let files = by_hand.iter().map(|text| syn::parse_file(text));
    let files: Vec<File> = files
        .collect::<syn::Result<_>>()
        .context("cannot read the source of gorgias")?;
    let by_hand: Vec<&Item> = files.iter().flat_map(|file| &file.items).collect();
    let client: Vec<&Item> = types.items.iter().collect();
    let mut qualify = Qualify::new(&client);
    let mut modules = vec![root()];
    for (name, component) in TYPES {
        let fails = || format!("cannot write the setters of {name}");
        let own = structure(&by_hand, name).with_context(fails)?;
        let sent = structure(&client, component).with_context(fails)?;
        let methods = methods(&by_hand, name);
        let mut setters = Vec::new();
        for property in properties(document, component) {
            let field = field(sent, &property).with_context(fails)?;
            let is_by_hand = |name: &Ident| methods.contains(&name.to_string());
            if !field.ident.as_ref().is_some_and(is_by_hand) {
                setters.push(setter(own, &property, field, &mut qualify));
            }
        }
        modules.push(module(&own.ident, component, &setters));
    }
    Ok(emit::emit(&modules))
}

fn root() -> Module {
    let names = TYPES.map(|(name, _)| format_ident!("{}", names::snake(name)));
    Module {
        name: String::new(),
        code: parse_quote! {
            //! The setters that follow from the document.

            #(mod #names;)*
        },
    }
}

fn module(own: &Ident, component: &str, setters: &[ImplItem]) -> Module {
    let about = format!(" Sets the members of `{component}`, except those that are set by hand.");
    Module {
        name: names::snake(&own.to_string()),
        code: parse_quote! {
            #![doc = #about]

            #[allow(unused_imports)]
            use gorgias_api::types;

            use crate::#own;

            impl #own {
                #(#setters)*
            }
        },
    }
}

fn structure<'a>(items: &[&'a Item], name: &str) -> Result<&'a ItemStruct> {
    let mut structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        _ => None,
    });
    let found = structs.find(|item| item.ident == name);
    found.with_context(|| format!("there is no {name}"))
}

/// The names of the methods that a type has by hand.
fn methods(items: &[&Item], name: &str) -> BTreeSet<String> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() => Some(item),
            _ => None,
        })
        .filter(|item| implementer(item).as_deref() == Some(name))
        .flat_map(|item| &item.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
        .collect()
}

fn properties(document: &Value, component: &str) -> Vec<String> {
    let pointer = format!("/components/schemas/{}", escape(component));
    let schema = document.pointer(&pointer).unwrap_or(&Value::Null);
    let schema = Value::Object(merged(document, schema));
    let properties = members(&schema, "/properties");
    properties.map(|(name, _)| name.to_owned()).collect()
}

/// The field of a property. One that is called like a keyword has a suffix.
fn field<'a>(sent: &'a ItemStruct, property: &str) -> Result<&'a Field> {
    let name = names::snake(property);
    let mut fields = sent.fields.iter();
    let field = fields.find(|field| {
        let is_it = |ident: &Ident| *ident == name || *ident == format!("{name}_");
        field.ident.as_ref().is_some_and(is_it)
    });
    field.with_context(|| format!("no field stands for {property}"))
}

/// The method that sets a field.
fn setter(own: &ItemStruct, property: &str, field: &Field, qualify: &mut Qualify) -> ImplItem {
    let name = &field.ident;
    let docs = field
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"));
    let optional = argument(&field.ty, "Option");
    let assigned = |value: Expr| match optional {
        Some(_) => parse_quote!(Some(#value)),
        None => value,
    };
    let mut ty = optional.unwrap_or(&field.ty).clone();
    qualify.visit_type_mut(&mut ty);
    let (taken, value) = taken(&ty);
    let set: Stmt = match own.fields {
        Fields::Unnamed(_) => {
            let assigned = assigned(value);
            parse_quote!(self.0.#name = #assigned;)
        }
        _ => {
            let assigned = assigned(parse_quote!(value));
            parse_quote! {
                self.form.set(#property, #value, |sent, value: #ty| sent.#name = #assigned);
            }
        }
    };
    parse_quote! {
        #(#docs)*
        pub fn #name(mut self, value: #taken) -> Self {
            #set
            self
        }
    }
}

/// What a setter takes for a value of a type, and how it becomes one.
fn taken(ty: &Type) -> (Type, Expr) {
    if let Some(item) = argument(ty, "Vec") {
        return (
            parse_quote!(impl IntoIterator<Item = impl Into<#item>>),
            parse_quote!(value.into_iter().map(Into::into).collect()),
        );
    }
    match ty {
        Type::Path(path) if path.path.is_ident("bool") => (ty.clone(), parse_quote!(value)),
        _ => (parse_quote!(impl Into<#ty>), parse_quote!(value.into())),
    }
}

/// What a type of that name is applied to.
fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    last_segment(ty).filter(|last| last == name)?;
    arguments(ty).into_iter().next()
}

/// Names the client's types by their module, and texts as people do.
struct Qualify(BTreeSet<Ident>);

impl Qualify {
    fn new(client: &[&Item]) -> Self {
        let names = client.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.clone()),
            Item::Enum(item) => Some(item.ident.clone()),
            Item::Type(item) => Some(item.ident.clone()),
            _ => None,
        });
        Self(names.collect())
    }
}

impl VisitMut for Qualify {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.get_ident().is_some_and(|name| self.0.contains(name)) {
            *path = parse_quote!(types::#path);
        } else if *path == parse_quote!(::std::string::String) {
            *path = parse_quote!(String);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;

    fn setters(own: &str, fields: &str) -> BTreeSet<String> {
        let own: ItemStruct = syn::parse_str(own).unwrap();
        let sent: ItemStruct = syn::parse_str(fields).unwrap();
        let client = [Item::Struct(sent.clone())];
        let mut qualify = Qualify::new(&client.iter().collect::<Vec<_>>());
        let fields = sent.fields.iter();
        fields
            .map(|field| {
                let name = field.ident.as_ref().unwrap().to_string();
                let setter = setter(&own, &name, field, &mut qualify);
                setter.to_token_stream().to_string()
            })
            .collect()
    }

    fn tokens(text: &str) -> String {
        let item: ImplItem = syn::parse_str(text).unwrap();
        item.to_token_stream().to_string()
    }

    #[test]
    fn a_setter_has_the_words_of_its_field_and_takes_what_becomes_its_value() {
        let found = setters(
            "struct Wrapper(Sent);",
            "struct Sent {
                /// The words.
                text: ::std::option::Option<::std::string::String>,
                is_so: bool,
                inner: ::std::option::Option<::std::vec::Vec<Sent>>,
            }",
        );
        let wanted = [
            "/// The words.
            pub fn text(mut self, value: impl Into<String>) -> Self {
                self.0.text = Some(value.into());
                self
            }",
            "pub fn is_so(mut self, value: bool) -> Self {
                self.0.is_so = value;
                self
            }",
            "pub fn inner(mut self, value: impl IntoIterator<Item = impl Into<types::Sent>>) -> Self {
                self.0.inner = Some(value.into_iter().map(Into::into).collect());
                self
            }",
        ];
        assert_eq!(found, wanted.map(tokens).into());
    }

    #[test]
    fn methods_by_hand_are_those_of_the_type_itself() {
        let file: File = parse_quote! {
            impl NewTicket {
                pub fn tag(self) {}
            }
            impl NewTicket {
                fn hidden(self) {}
            }
            impl From<NewMessage> for NewTicket {
                fn from(message: NewMessage) -> Self {}
            }
            impl NewMessage {
                pub fn subject(self) {}
            }
        };
        let items: Vec<&Item> = file.items.iter().collect();
        let names = ["hidden", "tag"].map(str::to_owned);
        assert_eq!(methods(&items, "NewTicket"), names.into());
    }
}
