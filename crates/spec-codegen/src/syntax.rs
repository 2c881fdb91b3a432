//! Finds items, types and attributes in generated code.

use quote::{format_ident, quote};
use syn::{
    Attribute, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, Meta, MetaList, Path,
    PathArguments, PathSegment, Token, Type, punctuated::Punctuated,
};

/// Returns the items of an inline module; none if there is no such module.
pub(crate) fn module<'a>(items: &'a [Item], name: &str) -> &'a [Item] {
    let found = items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_ref(),
        _ => None,
    });
    found.map(|(_, items)| items.as_slice()).unwrap_or_default()
}

/// Returns the items of an inline module, to be changed.
pub(crate) fn module_mut<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => {
            module.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    })
}

/// Returns the inherent methods of a type.
pub(crate) fn methods_of<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    name: &str,
) -> impl Iterator<Item = &'a ImplItemFn> {
    let of_type = items.into_iter().filter_map(move |item| match item {
        Item::Impl(item) if item.trait_.is_none() => {
            is_named(&item.self_ty, name).then_some(&item.items)
        }
        _ => None,
    });
    of_type.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// Returns the name of the trait that an `impl` implements, without its path.
pub(crate) fn trait_name(item: &ItemImpl) -> Option<String> {
    let (path, _) = item.trait_.as_ref()?;
    Some(path.segments.last()?.ident.to_string())
}

/// Returns the name of a type, without its path.
pub(crate) fn type_name(ty: &Type) -> Option<String> {
    Some(last_segment(ty)?.ident.to_string())
}

/// Whether a type has this name, whatever its path is.
pub fn is_named(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|last| last.ident == name)
}

/// Returns the first type argument of a type, such as the item of a `Vec`.
pub(crate) fn argument(ty: &Type) -> Option<&Type> {
    argument_of_segment(last_segment(ty)?)
}

/// Returns the first type argument of a type with this name.
pub(crate) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    argument(ty).filter(|_| is_named(ty, name))
}

/// Returns the first type argument of the last segment of a path.
pub(crate) fn argument_of_segment(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// Returns the attributes that are documentation.
pub(crate) fn docs(attrs: &[Attribute]) -> Vec<Attribute> {
    let docs = attrs.iter().filter(|attr| attr.path().is_ident("doc"));
    docs.cloned().collect()
}

/// Adds a trait to the derived traits.
pub(crate) fn derive(attrs: &mut [Attribute], name: &str) {
    underive(attrs, name);
    let name = format_ident!("{name}");
    for list in attrs.iter_mut().filter_map(derives) {
        list.tokens.extend(quote!(, #name));
    }
}

/// Removes a trait from the derived traits. Returns whether it was derived.
pub(crate) fn underive(attrs: &mut [Attribute], name: &str) -> bool {
    let mut found = false;
    for list in attrs.iter_mut().filter_map(derives) {
        let Ok(traits) = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        else {
            continue;
        };
        let is_it = |path: &Path| path.segments.last().is_some_and(|last| last.ident == name);
        found |= traits.iter().any(is_it);
        let kept = traits.iter().filter(|path| !is_it(path));
        list.tokens = quote!(#(#kept),*);
    }
    found
}

/// Returns the list of derived traits, if the attribute is a `derive`.
fn derives(attr: &mut Attribute) -> Option<&mut MetaList> {
    match &mut attr.meta {
        Meta::List(list) if list.path.is_ident("derive") => Some(list),
        _ => None,
    }
}
