//! Generates strict types for the benchmark of the lenient readers. The strict types have the
//! fields of the client's types, but implement `Deserialize` by serde's derive, which drops
//! unknown members.

use std::collections::{BTreeMap, BTreeSet};

use spec_codegen::{
    emit::{Module, Source, emit, file},
    polish::{message_types, options::Options},
    syntax::is_named,
};
use spec_model::reachable;
use syn::{Fields, File, Ident, Item, ItemEnum, ItemStruct, parse_quote};

/// The types of the answers that the benchmark reads.
const ROOTS: [&str; 2] = ["Ticket", "TicketList"];

/// Returns the types of the answers and of their fields, made from the types of the client.
pub fn sources(types: &File) -> Vec<Source> {
    let mut structs: BTreeMap<String, ItemStruct> = BTreeMap::new();
    let mut others: BTreeSet<&Ident> = BTreeSet::new();
    for item in &types.items {
        match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => {
                structs.insert(item.ident.to_string(), strict(item));
            }
            Item::Struct(ItemStruct { ident, .. }) | Item::Enum(ItemEnum { ident, .. }) => {
                others.insert(ident);
            }
            _ => {}
        }
    }
    let names = reachable(ROOTS.map(str::to_owned), |name| {
        let fields = structs.get(name).into_iter().flat_map(|item| &item.fields);
        fields.flat_map(|field| message_types::names(&field.ty))
    });
    others.retain(|name| names.contains(&name.to_string()));
    structs.retain(|name, _| names.contains(name));
    let mut items: Vec<Item> = vec![parse_quote!(use gorgias_api::types::{#(#others),*};)];
    items.extend(structs.into_values().map(Item::Struct));
    emit(&[Module::new("strict", file(items))])
}

/// Returns a struct with the fields of a type and serde's derive.
fn strict(item: &ItemStruct) -> ItemStruct {
    let name = &item.ident;
    let fields = item.fields.iter().filter_map(|field| {
        let options = Options::of(&field.attrs);
        let rename = options
            .renamed()
            .map(|key| quote::quote!(#[serde(rename = #key)]));
        let default = is_named(&field.ty, "Vec").then(|| quote::quote!(#[serde(default)]));
        let (ident, ty) = (&field.ident, &field.ty);
        (!options.has("flatten")).then(|| quote::quote!(#rename #default pub #ident: #ty))
    });
    parse_quote! {
        #[derive(Debug, ::serde::Deserialize, ::serde::Serialize)]
        pub struct #name { #(#fields),* }
    }
}
