//! Generates the rules by which requests are checked, from the document before `lower`.

mod operations;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use serde_json::Value;
use spec_model::{MessageComponents, reachable, sites};
use syn::{Fields, File, Ident, Item};

use self::rules::Rules;
use crate::{calls::Checks, names, syntax::module};

/// Generates the module `rules`. Returns the module, and the names of the rules of parameters
/// and bodies.
pub fn generate(document: &Value, client: &File) -> anyhow::Result<(File, Checks)> {
    let components = MessageComponents::of(&sites::sites(document));
    let mut rules = Rules::new(document);
    let structs = structs(client);
    let mut entries = Vec::new();
    for component in &components.requests {
        if let Some(schema) = spec_model::component(document, component) {
            let ty = names::pascal(component);
            entries.push(ComponentRule {
                name: rules::static_name(component),
                rule: rules.rule(schema),
                ty: structs.contains(&ty).then_some(ty),
            });
        }
    }
    let (parameters, checks) = operations::generate(document, &structs, &mut rules);
    let items = used(entries, &parameters)
        .into_iter()
        .map(ComponentRule::code);
    let patterns = rules.patterns();
    let file = syn::parse2(quote! {
        //! The rules by which requests are checked, from the document.

        #[allow(unused_imports)]
        use crate::support::validate::{
            self, Field, Format, Pattern, Rule, Violation, Violations,
        };
        #[allow(unused_imports)]
        use super::types;

        #patterns
        #parameters
        #(#items)*
    })?;
    Ok((file, checks))
}

/// The rule of one component, which becomes a static.
struct ComponentRule {
    name: Ident,
    rule: TokenStream,
    /// The struct that the rule checks, if the component became a struct.
    ty: Option<String>,
}

impl ComponentRule {
    fn code(self) -> TokenStream {
        let Self { name, rule, ty } = self;
        let checks = ty.map(|ty| checks(&ty, &name));
        quote! {
            pub(super) static #name: Rule = #rule;
            #checks
        }
    }
}

/// Removes rules that neither a struct nor another rule uses, such as rules of plain strings.
fn used(mut entries: Vec<ComponentRule>, parameters: &TokenStream) -> Vec<ComponentRule> {
    let mut start = named(parameters);
    start.extend(
        entries
            .iter()
            .filter(|one| one.ty.is_some())
            .map(|one| one.name.clone()),
    );
    let rules: BTreeMap<_, _> = entries
        .iter()
        .map(|one| (&one.name, named(&one.rule)))
        .collect();
    let used = reachable(start, |name| rules.get(name).into_iter().flatten().cloned());
    entries.retain(|one| used.contains(&one.name));
    entries
}

/// Returns the identifiers in code.
fn named(tokens: &TokenStream) -> BTreeSet<Ident> {
    let mut names = BTreeSet::new();
    idents(tokens.clone(), &mut names);
    names
}

fn idents(tokens: TokenStream, found: &mut BTreeSet<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident);
            }
            TokenTree::Group(group) => idents(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Returns the names of the structs with fields.
fn structs(client: &File) -> BTreeSet<String> {
    let types = module(&client.items, "types").iter();
    let structs = types.filter_map(|item| match item {
        Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => Some(&item.ident),
        _ => None,
    });
    structs.map(ToString::to_string).collect()
}

/// Returns the code that checks values of a struct by a rule.
fn checks(ty: &str, rule: &Ident) -> TokenStream {
    let ty = format_ident!("{ty}");
    quote! {
        impl validate::Checked for types::#ty {
            fn rule() -> &'static Rule {
                &#rule
            }
        }

        impl types::#ty {
            /// Checks this value against the document.
            ///
            /// # Errors
            ///
            /// Every violation, with the JSON pointer of its place.
            pub fn validate(&self) -> Result<(), Violations> {
                validate::check(&#rule, self)
            }

            /// Checks a JSON value against the document, including types and
            /// unknown fields.
            ///
            /// # Errors
            ///
            /// Every violation, with the JSON pointer of its place.
            pub fn validate_json(value: &::serde_json::Value) -> Result<(), Violations> {
                validate::check(&#rule, value)
            }
        }
    }
}
