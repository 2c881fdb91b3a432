//! Reads what is received leniently, and keeps what is unknown.
//!
//! The derived reader fails on a null list, a numeric string or a repeated
//! key, and a caller would lose the ticket over it. Each received struct gets
//! a reader of its own, made of the readers in `support::lenient`, and a map
//! of the fields that the document does not have.

mod reader;

use std::{collections::BTreeMap, iter};

use syn::{Expr, File, Ident, Item, Type, parse_quote, visit_mut::VisitMut as _};

use self::reader::Readers;
use super::{Expressions, implementer, last_segment, module, reach::Reach};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "lenient readers",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let received = Reach::of(file).received;
    let Some(types) = module(&mut file.items, "types") else {
        return 0;
    };
    let readers = Readers::new();
    let mut extended = BTreeMap::new();
    let mut written = Vec::with_capacity(types.len());
    for item in types.iter_mut() {
        written.push(match item {
            Item::Struct(item) if received.contains(&item.ident.to_string()) => {
                match readers.replace(item) {
                    Some((code, extra)) => {
                        extended.insert(item.ident.to_string(), extra);
                        code
                    }
                    None => strict(&item.ident),
                }
            }
            Item::Enum(item) if received.contains(&item.ident.to_string()) && !is_open(item) => {
                strict(&item.ident)
            }
            _ => Vec::new(),
        });
    }
    extend_literals(types, &extended, false);
    let count = written.iter().filter(|code| !code.is_empty()).count();
    let items = types.drain(..).zip(written);
    *types = items
        .flat_map(|(item, code)| iter::once(item).chain(code))
        .collect();
    count
}

/// An enum that the pass before this one has opened reads leniently already.
fn is_open(item: &syn::ItemEnum) -> bool {
    item.variants.iter().any(|variant| {
        variant
            .fields
            .iter()
            .any(|field| last_segment(&field.ty).is_some_and(|name| name == "Unknown"))
    })
}

/// A type that is no struct of fields is read as one, or not at all.
fn strict(name: &Ident) -> Vec<Item> {
    vec![parse_quote! {
        impl crate::support::lenient::Lenient for #name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                crate::support::lenient::strict(deserializer)
            }
        }
    }]
}

/// Adds the new field to every literal of an extended struct.
fn extend_literals(items: &mut [Item], extended: &BTreeMap<String, Ident>, in_builders: bool) {
    for item in items {
        match item {
            Item::Mod(module) => {
                let items = module
                    .content
                    .as_mut()
                    .map(|(_, items)| items.as_mut_slice());
                extend_literals(items.unwrap_or_default(), extended, true);
            }
            Item::Impl(item) => {
                // A builder has the name of its type, which it calls `super::Name`.
                let is_type = match &*item.self_ty {
                    Type::Path(path) => !in_builders || path.path.segments.len() > 1,
                    _ => false,
                };
                let name = implementer(item).filter(|_| is_type);
                let Some(extra) = name.and_then(|name| extended.get(&name)) else {
                    continue;
                };
                let mut extend = |expr: &mut Expr| {
                    if let Expr::Struct(literal) = expr
                        && literal.path.is_ident("Self")
                    {
                        literal
                            .fields
                            .push(parse_quote!(#extra: ::std::default::Default::default()));
                    }
                };
                Expressions(&mut extend).visit_item_impl_mut(item);
            }
            _ => {}
        }
    }
}
