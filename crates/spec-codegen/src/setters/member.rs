//! Reads from the generated client how to set a member of a component.

use anyhow::{Result, bail};
use syn::{Attribute, FnArg, Ident, ImplItemFn, Item, Type, TypeParamBound};

use crate::{
    names,
    syntax::{argument_of_segment, docs, methods_of},
};

/// A member of a component, with its methods.
pub(super) struct Member {
    pub name: Ident,
    pub docs: Vec<Attribute>,
    /// The type of the member's value.
    pub ty: Type,
    /// The method that sets the member to null, if there is one.
    pub clear: Option<ImplItemFn>,
}

/// Returns the member for a property, from its setter in the component. The name of the
/// setter may end in an underscore, for example if the property's name is a keyword.
pub(super) fn member(client: &[&Item], component: &str, property: &str) -> Result<Member> {
    let name = names::snake(property);
    let is_it = |ident: &Ident| *ident == name || *ident == format!("{name}_");
    let methods = || methods_of(client.iter().copied(), component);
    if let Some(method) = methods().find(|method| is_it(&method.sig.ident))
        && let Some(FnArg::Typed(value)) = method.sig.inputs.iter().nth(1)
    {
        let clear = format!("clear_{}", method.sig.ident);
        return Ok(Member {
            name: method.sig.ident.clone(),
            docs: docs(&method.attrs),
            ty: into(&value.ty).unwrap_or(&value.ty).clone(),
            clear: methods().find(|method| method.sig.ident == clear).cloned(),
        });
    }
    bail!("the component has no setter for {property}")
}

/// Returns the type argument of `impl Into`.
fn into(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(ty) = ty else { return None };
    ty.bounds.iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            argument_of_segment(last.filter(|last| last.ident == "Into")?)
        }
        _ => None,
    })
}
