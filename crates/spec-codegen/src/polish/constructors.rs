//! Gives each type that is sent and has required fields a constructor.
//!
//! A type that is not exhaustive can't be written as a literal elsewhere, and
//! its builder is fallible even when nothing can be missing. `new` takes what
//! the document requires, so that a missing field is a compile error. Types
//! without required fields have `Default`.

use std::collections::BTreeMap;

use syn::{Field, Fields, File, FnArg, ImplItem, Item, ItemStruct, parse_quote};

use super::{implementer, last_segment, module, reach::Reach};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "constructors of sent types",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let sent = Reach::of(file).sent;
    let Some(types) = module(&mut file.items, "types") else {
        return 0;
    };
    let mut constructors: BTreeMap<String, ImplItem> = types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) if sent.contains(&item.ident.to_string()) => {
                Some((item.ident.to_string(), constructor(item)?))
            }
            _ => None,
        })
        .collect();
    let mut added = 0;
    for item in types {
        if let Item::Impl(item) = item
            && item.trait_.is_none()
            && let Some(constructor) = implementer(item).and_then(|name| constructors.remove(&name))
        {
            item.items.insert(0, constructor);
            added += 1;
        }
    }
    added
}

/// A newtype has nothing to name, and is made from what it wraps.
fn constructor(item: &ItemStruct) -> Option<ImplItem> {
    if !matches!(item.fields, Fields::Named(_)) {
        return None;
    }
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        item.fields.iter().partition(|field| is_required(field));
    if required.is_empty() {
        return None;
    }
    let arguments: Vec<FnArg> = required
        .iter()
        .map(|field| {
            let (name, ty) = (&field.ident, &field.ty);
            parse_quote!(#name: #ty)
        })
        .collect();
    let required = required.iter().map(|field| &field.ident);
    let optional = optional.iter().map(|field| &field.ident);
    Some(parse_quote! {
        /// A value with what is required, and nothing else.
        pub fn new(#(#arguments),*) -> Self {
            Self {
                #(#required,)*
                #(#optional: ::std::default::Default::default(),)*
            }
        }
    })
}

/// Whether the value is neither optional nor has a default of its own.
fn is_required(field: &Field) -> bool {
    let optional = last_segment(&field.ty).is_some_and(|name| name == "Option");
    let defaulted = field.attrs.iter().any(|attr| {
        let mut found = false;
        if attr.path().is_ident("serde") {
            // What is no list of options says nothing of a default.
            let _: syn::Result<()> = attr.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("default");
                if meta.input.peek(syn::Token![=]) {
                    let _: syn::Expr = meta.value()?.parse()?;
                }
                Ok(())
            });
        }
        found
    });
    !optional && !defaulted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newtype_gets_no_constructor() {
        assert!(
            constructor(&parse_quote!(
                struct Cursor(String);
            ))
            .is_none()
        );
        assert!(
            constructor(&parse_quote!(
                struct Page {
                    cursor: String,
                }
            ))
            .is_some()
        );
    }
}
