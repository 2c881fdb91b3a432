//! Generates setters for the types of `gorgias` that represent a component of the document,
//! such as `NewTicket` for `CreateTicket`.
//!
//! Each member of the component gets a setter with the document's description, unless the type
//! has a handwritten method of that name. The handwritten methods are read from the source of
//! `gorgias`. The members and their types are read from the generated client.

mod member;
mod method;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use quote::format_ident;
use serde_json::Value;
use spec_model::{members, merged};
use syn::{Field, Fields, File, Ident, ImplItem, Item, ItemStruct, parse_quote};

use self::{
    member::member,
    method::{Qualify, clearer, setter},
};
use crate::{
    emit::{self, Module, Source},
    names,
    syntax::{argument_of_segment, is_named, methods_of, type_name},
};

/// Generates a module of setters for each type that represents a component.
/// `types` are the types of the generated client, `by_hand` is the source of
/// `gorgias`.
///
/// # Errors
///
/// If `by_hand` isn't Rust, or a setter is missing.
pub fn generate(document: &Value, types: &File, by_hand: &[String]) -> Result<Vec<Source>> {
    let files = by_hand.iter().map(|text| syn::parse_file(text));
    let files: Vec<File> = files
        .collect::<syn::Result<_>>()
        .context("cannot parse the source of gorgias")?;
    let by_hand: Vec<&Item> = files.iter().flat_map(|file| &file.items).collect();
    let client: Vec<&Item> = types.items.iter().collect();
    let mut qualify = Qualify::new(&client);
    let mut modules = Vec::new();
    for (name, (own, component)) in representations(&by_hand, &client) {
        let fails = || format!("cannot write the setters of {name}");
        let by_hand: BTreeSet<_> = methods_of(by_hand.iter().copied(), &name)
            .map(|method| method.sig.ident.to_string())
            .collect();
        let mut setters = Vec::new();
        for property in properties(document, &component) {
            let member = member(&client, &component, &property).with_context(fails)?;
            if !by_hand.contains(&member.name.to_string()) {
                setters.push(setter(own, &property, &member, &mut qualify));
            }
            let clearer = clearer(own, &property, &member);
            setters.extend(clearer.filter(|clearer| match clearer {
                ImplItem::Fn(method) => !by_hand.contains(&method.sig.ident.to_string()),
                _ => false,
            }));
        }
        modules.push(module(&own.ident, &component, &setters));
    }
    modules.insert(0, root(&modules));
    Ok(emit::emit(&modules))
}

/// Returns the types that represent a component, by name. Such a type wraps the component, or
/// has a `From` implementation for it, or has it in a field `changes`.
fn representations<'a>(
    by_hand: &[&'a Item],
    client: &[&Item],
) -> BTreeMap<String, (&'a ItemStruct, String)> {
    let is_component = |name: &String| structs(client).any(|item| item.ident == name);
    let mut found = BTreeMap::new();
    for own in structs(by_hand) {
        let wrapped = match &own.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            _ => None,
        };
        let wrapped = wrapped.and_then(|field| type_name(&field.ty));
        let made_from = || by_hand.iter().find_map(|item| source(item, &own.ident));
        let component = wrapped.filter(is_component);
        let component = component.or_else(|| made_from().filter(is_component));
        let held = || type_name(&changes(own)?.ty).filter(is_component);
        if let Some(component) = component.or_else(held) {
            found.insert(own.ident.to_string(), (own, component));
        }
    }
    found
}

/// Returns the field `changes`, which holds the component of a call.
fn changes(own: &ItemStruct) -> Option<&Field> {
    let mut fields = own.fields.iter();
    fields.find(|field| field.ident.as_ref().is_some_and(|name| name == "changes"))
}

fn structs<'a>(items: &[&'a Item]) -> impl Iterator<Item = &'a ItemStruct> {
    items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        _ => None,
    })
}

/// Returns the type that a `From` implementation for `own` converts from.
fn source(item: &Item, own: &Ident) -> Option<String> {
    let Item::Impl(item) = item else { return None };
    let (path, _) = item.trait_.as_ref()?;
    let from = path.segments.last().filter(|last| last.ident == "From")?;
    let source = type_name(argument_of_segment(from)?)?;
    is_named(&item.self_ty, &own.to_string()).then_some(source)
}

fn root(modules: &[Module]) -> Module {
    let names = modules
        .iter()
        .map(|module| format_ident!("{}", module.name));
    Module {
        name: String::new(),
        code: parse_quote! {
            //! The setters that are generated from the document.

            #(mod #names;)*
        },
    }
}

fn module(own: &Ident, component: &str, setters: &[ImplItem]) -> Module {
    let about = format!(" Setters for the members of `{component}` without a handwritten setter.");
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

/// Returns the names of a component's properties.
fn properties(document: &Value, component: &str) -> Vec<String> {
    let schema = spec_model::component(document, component).unwrap_or(&Value::Null);
    let schema = Value::Object(merged(document, schema));
    let properties = members(&schema, "/properties");
    properties.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_represents_the_component_that_it_wraps_holds_or_is_made_from() {
        let own: File = parse_quote! {
            pub struct Wrapper(pub(crate) Sent);
            pub struct Either { body: Body }
            pub struct Call { client: Client, changes: Sent }
            pub struct Other(Client);
            struct Neither { sent: Sent }
            impl From<Sent> for Either {}
            impl From<Wrapper> for Either {}
            impl From<Sent> for Choice {}
        };
        let client: File = parse_quote! {
            pub struct Sent {}
            pub enum Client {}
        };
        let (own, client): (Vec<_>, Vec<_>) =
            (own.items.iter().collect(), client.items.iter().collect());
        let found = representations(&own, &client);
        let found: Vec<_> = found
            .iter()
            .map(|(name, (_, component))| (name.as_str(), component.as_str()))
            .collect();
        assert_eq!(
            found,
            [("Call", "Sent"), ("Either", "Sent"), ("Wrapper", "Sent")]
        );
    }
}
