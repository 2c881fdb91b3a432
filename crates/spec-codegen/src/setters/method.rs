//! Generates the setters of one type.

use std::collections::BTreeSet;

use syn::{
    Expr, Fields, Ident, ImplItem, Item, ItemStruct, Path, Stmt, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{changes, member::Member};
use crate::syntax::{argument_of, docs};

/// Returns the method that sets a member. The type `own` either wraps the
/// component, or has it in a field `changes`, or has a field `body` with a method `set`.
pub(super) fn setter(
    own: &ItemStruct,
    property: &str,
    member: &Member,
    qualify: &mut Qualify,
) -> ImplItem {
    let Member { name, docs, .. } = member;
    let mut ty = member.ty.clone();
    qualify.visit_type_mut(&mut ty);
    let (taken, value) = taken(&ty);
    let set: Stmt = match component(own) {
        Some(component) => parse_quote!(#component = #component.#name(#value);),
        None => parse_quote! {
            self.body.set(#property, #value, |sent, value: #ty| sent.#name(value));
        },
    };
    parse_quote! {
        #(#docs)*
        pub fn #name(mut self, value: #taken) -> Self {
            #set
            self
        }
    }
}

/// Returns the method that sets a member to null, if the component has such a method.
pub(super) fn clearer(own: &ItemStruct, property: &str, member: &Member) -> Option<ImplItem> {
    let clear = member.clear.as_ref()?;
    let name = &clear.sig.ident;
    let docs = docs(&clear.attrs);
    let set: Stmt = match component(own) {
        Some(component) => parse_quote!(#component = #component.#name();),
        None => parse_quote!(self.body.set(#property, (), |sent, ()| sent.#name());),
    };
    Some(parse_quote! {
        #(#docs)*
        pub fn #name(mut self) -> Self {
            #set
            self
        }
    })
}

/// Returns the expression for the component in a type; `None` if the type has a field `body`.
fn component(own: &ItemStruct) -> Option<Expr> {
    match own.fields {
        Fields::Unnamed(_) => Some(parse_quote!(self.0)),
        _ => changes(own).map(|_| parse_quote!(self.changes)),
    }
}

/// Returns the type of a setter's argument for a value of type `ty`, and the expression that
/// converts the argument to this type.
fn taken(ty: &Type) -> (Type, Expr) {
    if let Some(item) = argument_of(ty, "Vec") {
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

/// Adds the module `types` to the paths of the client's types, and shortens the path of
/// `String`.
pub(super) struct Qualify(BTreeSet<Ident>);

impl Qualify {
    pub fn new(client: &[&Item]) -> Self {
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

    use syn::File;

    use super::super::member::member;
    use super::*;
    use crate::syntax::methods_of;

    fn setters(own: &str) -> BTreeSet<String> {
        let own: ItemStruct = syn::parse_str(own).unwrap();
        let client = syn::parse_file(
            "struct Sent {}
            impl Sent {
                /// The words.
                pub fn text(mut self, value: impl Into<String>) -> Self {}
                pub fn clear_text(mut self) -> Self {}
                pub fn is_so(mut self, value: bool) -> Self {}
                pub fn inner(mut self, value: Vec<Sent>) -> Self {}
            }",
        )
        .unwrap();
        let client: Vec<_> = client.items.iter().collect();
        let mut qualify = Qualify::new(&client);
        let mut found = BTreeSet::new();
        for property in ["text", "is_so", "inner"] {
            let member = member(&client, "Sent", property).unwrap();
            let setter = setter(&own, property, &member, &mut qualify);
            let setters = [Some(setter), clearer(&own, property, &member)];
            let setters = setters.into_iter().flatten();
            found.extend(setters.map(|setter| setter.to_token_stream().to_string()));
        }
        found
    }

    fn tokens(text: &str) -> String {
        let item: ImplItem = syn::parse_str(text).unwrap();
        item.to_token_stream().to_string()
    }

    #[test]
    fn a_wrapper_sets_what_it_holds() {
        let found = setters("struct Wrapper(Sent);");
        let wanted = [
            "/// The words.
            pub fn text(mut self, value: impl Into<String>) -> Self {
                self.0 = self.0.text(value.into());
                self
            }",
            "pub fn clear_text(mut self) -> Self {
                self.0 = self.0.clear_text();
                self
            }",
            "pub fn is_so(mut self, value: bool) -> Self {
                self.0 = self.0.is_so(value);
                self
            }",
            "pub fn inner(mut self, value: impl IntoIterator<Item = impl Into<types::Sent>>) -> Self {
                self.0 = self.0.inner(value.into_iter().map(Into::into).collect());
                self
            }",
        ];
        assert_eq!(found, wanted.map(tokens).into());
    }

    #[test]
    fn a_body_sets_a_member_by_its_name() {
        let found = setters("struct Ticket { body: Body }");
        let wanted = [
            "/// The words.
            pub fn text(mut self, value: impl Into<String>) -> Self {
                self.body.set(\"text\", value.into(), |sent, value: String| sent.text(value));
                self
            }",
            "pub fn clear_text(mut self) -> Self {
                self.body.set(\"text\", (), |sent, ()| sent.clear_text());
                self
            }",
            "pub fn is_so(mut self, value: bool) -> Self {
                self.body.set(\"is_so\", value, |sent, value: bool| sent.is_so(value));
                self
            }",
            "pub fn inner(mut self, value: impl IntoIterator<Item = impl Into<types::Sent>>) -> Self {
                self.body.set(
                    \"inner\",
                    value.into_iter().map(Into::into).collect(),
                    |sent, value: Vec<types::Sent>| sent.inner(value)
                );
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
        let names = methods_of(&file.items, "NewTicket").map(|method| method.sig.ident.to_string());
        assert_eq!(names.collect::<Vec<_>>(), ["tag", "hidden"]);
    }
}
