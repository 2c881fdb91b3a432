//! Refuses generated code that wouldn't compile, because a name occurs twice or an enum has
//! no variants. The names are known only after generation. The place of a name in the
//! document is searched only for a finding, because the search reads the whole document.

use std::collections::BTreeSet;

use serde_json::Value;
use spec_model::{at, escape, members, merged};
use syn::{Fields, File, Ident, ImplItem, Item, ItemImpl, ItemStruct, UseTree};

use super::{Finding, Report};
use crate::{
    lint::Origin,
    names,
    syntax::{methods_of, module, type_name},
};

/// The methods of the client that are handwritten or belong to traits.
const BY_HAND: [&str; 4] = ["builder", "clone", "fmt", "request"];

const RENAME: &str = "rename one of them, or leave it out";

/// Returns the findings about generated code that wouldn't compile.
pub fn check(document: &Value, client: &File) -> Vec<Finding> {
    let mut report = Report {
        origin: Origin::Foreign,
        findings: Vec::new(),
    };
    methods(document, &client.items, &mut report);
    types(document, module(&client.items, "types"), &mut report);
    calls(document, module(&client.items, "calls"), &mut report);
    report.findings
}

fn methods(document: &Value, items: &[Item], report: &mut Report) {
    for method in methods_of(items, "Client") {
        let name = &method.sig.ident;
        if BY_HAND.iter().any(|own| name == own) {
            report.refuse(
                format!("{}/operationId", operation(document, &name.to_string())),
                format!("the client has a method {name} of its own"),
                "give the operation another name",
            );
        }
    }
}

fn types(document: &Value, items: &[Item], report: &mut Report) {
    let mut seen: BTreeSet<&Ident> = BTreeSet::new();
    for item in items {
        let name = match item {
            Item::Struct(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            _ => continue,
        };
        let pointer = || schema(document, &name.to_string());
        if !seen.insert(name) {
            report.refuse(
                pointer(),
                format!("two schemas make the type {name}: one by its name, another by its place"),
                "rename one, or move the one within another to a component with a name of its own",
            );
        } else if name == "Default" {
            report.refuse(
                pointer(),
                "the type Default would hide Rust's own",
                "rename the schema",
            );
        }
        match item {
            Item::Struct(item) => {
                for field in repeated(item) {
                    let pointer = pointer();
                    let described = at(document, &pointer).map(|schema| merged(document, schema));
                    let properties = described.as_ref().and_then(|all| all.get("properties"));
                    let names = members(properties.unwrap_or(&Value::Null), "");
                    let names: Vec<_> = names.map(|(name, _)| name.as_str()).collect();
                    repeated_field(&item.ident, &field, &names, &pointer, report);
                }
            }
            Item::Enum(item) if item.variants.is_empty() => report.refuse(
                pointer(),
                format!("no value fits the schema that makes the type {name}"),
                "let the parts of the composition agree",
            ),
            _ => {}
        }
    }
}

fn calls(document: &Value, items: &[Item], report: &mut Report) {
    let mut seen: BTreeSet<Ident> = BTreeSet::new();
    for item in items {
        if let Item::Use(item) = item {
            leaves(&item.tree, &mut seen);
        }
    }
    for item in items {
        match item {
            Item::Struct(item) => {
                let pointer = || operation(document, &item.ident.to_string());
                for field in repeated(item) {
                    let pointer = pointer();
                    let names = parameters(document, &pointer);
                    repeated_field(&item.ident, &field, &names, &pointer, report);
                }
                if !seen.insert(item.ident.clone()) {
                    report.refuse(
                        format!("{}/operationId", pointer()),
                        format!("the client has a type {} of its own", item.ident),
                        "give the operation another name",
                    );
                }
            }
            Item::Impl(item) if item.trait_.is_none() => setters(document, item, report),
            _ => {}
        }
    }
}

/// Refuses two setters of one name that ends in an underscore. `write` adds the underscore to
/// names that methods of calls have.
fn setters(document: &Value, item: &ItemImpl, report: &mut Report) {
    let Some(call) = type_name(&item.self_ty) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for item in &item.items {
        let ImplItem::Fn(function) = item else {
            continue;
        };
        // Two setters without the suffix have the same name only if two fields have the same
        // name, which `calls` reports.
        let name = function.sig.ident.to_string();
        if name.ends_with('_') && !seen.insert(name.clone()) {
            report.refuse(
                operation(document, &call),
                format!("a parameter is called {name}, as something is that every call has"),
                "leave the parameter out",
            );
        }
    }
}

/// Returns the names of fields that occur a second time.
fn repeated(item: &ItemStruct) -> Vec<String> {
    let Fields::Named(all) = &item.fields else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let names = all.named.iter().filter_map(|field| field.ident.as_ref());
    let again = names.filter(|name| !seen.insert(*name));
    again.map(ToString::to_string).collect()
}

/// Refuses a field that occurs twice, because two names of the document make the same name.
fn repeated_field(of: &Ident, field: &str, names: &[&str], pointer: &str, report: &mut Report) {
    let made = field.trim_end_matches('_');
    let mut from: Vec<_> = names
        .iter()
        .filter(|name| names::snake(name).trim_end_matches('_') == made)
        .map(|name| format!("{name:?}"))
        .collect();
    from.dedup();
    let from = match from.len() {
        0 | 1 => String::new(),
        _ => format!(", from {}", from.join(" and ")),
    };
    report.refuse(
        pointer,
        format!("{of} would have the field {field} twice{from}"),
        RENAME,
    );
}

/// Adds the names that a `use` declares.
fn leaves(tree: &UseTree, found: &mut BTreeSet<Ident>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, found)),
        UseTree::Name(name) => {
            found.insert(name.ident.clone());
        }
        UseTree::Rename(rename) => {
            found.insert(rename.rename.clone());
        }
        UseTree::Glob(_) => {}
    }
}

/// Returns the pointer of the operation whose name is equal to `name`, or is its longest
/// prefix.
fn operation(document: &Value, name: &str) -> String {
    closest(&names::pascal(name), operations(document)).unwrap_or_else(|| "/paths".into())
}

/// Returns the pointer of the component whose type has this name, or of the component or
/// operation that contains the schema of the type.
fn schema(document: &Value, name: &str) -> String {
    let components = members(document, "/components/schemas").map(|(name, _)| {
        let pointer = format!("/components/schemas/{}", escape(name));
        (names::pascal(name), pointer)
    });
    closest(name, components.chain(operations(document))).unwrap_or_default()
}

/// Lists the operations, by the names of their types.
fn operations(document: &Value) -> impl Iterator<Item = (String, String)> {
    spec_model::operations(document)
        .filter_map(|operation| Some((names::pascal(operation.id()?), operation.pointer())))
}

/// Returns the pointer of the longest name that is a prefix of `name`.
fn closest(name: &str, all: impl Iterator<Item = (String, String)>) -> Option<String> {
    all.filter(|(start, _)| name.starts_with(start.as_str()))
        .max_by_key(|(start, _)| start.len())
        .map(|(_, pointer)| pointer)
}

/// Returns the names of an operation's parameters, and `body`.
fn parameters<'a>(document: &'a Value, pointer: &str) -> Vec<&'a str> {
    let mut operations = spec_model::operations(document);
    let operation = operations.find(|operation| operation.pointer() == pointer);
    let all = operation.map(|operation| operation.parameters(document));
    let names = all.into_iter().flatten();
    let names = names.filter_map(|parameter| parameter.get("name")?.as_str());
    names.chain(["body"]).collect()
}
