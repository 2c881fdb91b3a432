//! Generates the types that the benchmark compares the lenient readers with: the
//! same fields, read with serde's derive and without unknown members.

use std::collections::{BTreeMap, BTreeSet};

use spec_codegen::{
    emit::{Module, Source, emit, file},
    polish::options::Options,
};
use spec_model::reachable;
use syn::{
    Fields, File, Ident, Item, ItemEnum, ItemStruct, Type, parse_quote,
    visit::{self, Visit},
};

/// The answers that are read.
const ROOTS: [&str; 2] = ["Ticket", "TicketList"];

/// Returns the types of the answers, made from those of the client.
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
        let mut names = Names::default();
        if let Some(item) = structs.get(name) {
            names.visit_item_struct(item);
        }
        names.0
    });
    others.retain(|name| names.contains(&name.to_string()));
    structs.retain(|name, _| names.contains(name));
    let mut items: Vec<Item> = vec![parse_quote!(use gorgias_api::types::{#(#others),*};)];
    items.extend(structs.into_values().map(Item::Struct));
    emit(&[Module::new("strict", file(items))])
}

/// Returns a struct with the same fields and serde's derive.
fn strict(item: &ItemStruct) -> ItemStruct {
    let name = &item.ident;
    let fields = item.fields.iter().filter_map(|field| {
        let options = Options::of(&field.attrs);
        let rename = options
            .renamed()
            .map(|key| quote::quote!(#[serde(rename = #key)]));
        let default = is_list(&field.ty).then(|| quote::quote!(#[serde(default)]));
        let (ident, ty) = (&field.ident, &field.ty);
        (!options.has("flatten")).then(|| quote::quote!(#rename #default pub #ident: #ty))
    });
    parse_quote! {
        #[derive(Debug, ::serde::Deserialize, ::serde::Serialize)]
        pub struct #name { #(#fields),* }
    }
}

fn is_list(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Vec"),
        _ => false,
    }
}

/// The last names of all paths.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0
            .extend(path.segments.last().map(|last| last.ident.to_string()));
        visit::visit_path(self, path);
    }
}
