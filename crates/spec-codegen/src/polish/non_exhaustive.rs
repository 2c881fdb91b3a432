//! Marks structs and enums as `#[non_exhaustive]`.
//!
//! So a new field or value in the document breaks no program.

use syn::{Attribute, Fields, File, Item, parse_quote};

use crate::syntax::module_mut;

pub(super) fn run(file: &mut File) -> usize {
    let types = module_mut(&mut file.items, "types");
    types
        .into_iter()
        .flatten()
        .filter_map(|item| match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => mark(&mut item.attrs),
            Item::Enum(item) => mark(&mut item.attrs),
            _ => None,
        })
        .count()
}

fn mark(attrs: &mut Vec<Attribute>) -> Option<()> {
    let marked = attrs
        .iter()
        .any(|attr| attr.path().is_ident("non_exhaustive"));
    (!marked).then(|| attrs.push(parse_quote!(#[non_exhaustive])))
}
