//! Generates setters for the types of `gorgias` that represent a component of
//! the document, such as `NewTicket` for `CreateTicket`.
//!
//! Each member of the component gets a setter with the document's description,
//! unless the type has a handwritten method of that name. The handwritten
//! methods are read from the source of `gorgias`, the members and their types
//! from the generated client.

mod member;
mod method;

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use quote::format_ident;
use serde_json::Value;
use spec_model::{escape, members, merged};
use syn::{File, Ident, ImplItem, Item, ItemStruct, parse_quote};

use self::{
    member::{member, methods_of},
    method::{Qualify, clearer, setter},
};
use crate::{
    emit::{self, Module, Source},
    names,
};

/// The types of `gorgias`, and the components that they represent.
const TYPES: [(&str, &str); 5] = [
    ("Attachment", "CreateAttachment"),
    ("NewMessage", "CreateMessage"),
    ("NewTicket", "CreateTicket"),
    ("Participant", "CreateParticipant"),
    ("Source", "CreateSource"),
];

/// Generates a module of setters for each type. `types` are the types of the
/// generated client, `by_hand` is the source of `gorgias`.
///
/// # Errors
///
/// If `by_hand` isn't Rust, or a type, its component or a setter is missing.
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
        let by_hand: BTreeSet<_> = methods_of(&by_hand, name)
            .map(|method| method.sig.ident.to_string())
            .collect();
        let mut setters = Vec::new();
        for property in properties(document, component) {
            let member = member(&client, sent, &property).with_context(fails)?;
            if !by_hand.contains(&member.name.to_string()) {
                setters.push(setter(own, &property, &member, &mut qualify));
            }
            let clearer = clearer(own, &property, &member);
            setters.extend(clearer.filter(|clearer| match clearer {
                ImplItem::Fn(method) => !by_hand.contains(&method.sig.ident.to_string()),
                _ => false,
            }));
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

fn properties(document: &Value, component: &str) -> Vec<String> {
    let pointer = format!("/components/schemas/{}", escape(component));
    let schema = document.pointer(&pointer).unwrap_or(&Value::Null);
    let schema = Value::Object(merged(document, schema));
    let properties = members(&schema, "/properties");
    properties.map(|(name, _)| name.to_owned()).collect()
}
