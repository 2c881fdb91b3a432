//! Reads the items of generated modules.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use spec_codegen::emit::Module;
use syn::{
    Attribute, Fields, File, FnArg, Generics, ImplItem, Item, ItemImpl, Macro, Signature, Type,
    UseTree, Visibility,
};

use super::item::{ApiItem, ItemKind};
use super::print;
use super::scope::Scope;

/// A walk through the modules of a crate.
pub struct Visit<'f> {
    modules: &'f [Module],
    entries: Vec<ApiItem>,
    /// Types that can't be named from outside.
    private: BTreeSet<String>,
}

/// Whether the items of a module can be named from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visible {
    Public,
    Private,
}

impl<'f> Visit<'f> {
    /// Lists the public items of the modules. The root module has an empty
    /// name.
    pub fn of(modules: &'f [Module]) -> Vec<ApiItem> {
        let mut visit = Self {
            modules,
            entries: Vec::new(),
            private: BTreeSet::new(),
        };
        if let Some(root) = visit.file("") {
            visit.items(&root.items, "", Visible::Public);
        }
        let Self {
            mut entries,
            private,
            ..
        } = visit;
        // Methods and implementations of a type that can't be named can't be
        // used.
        entries.retain(|entry| match entry.kind {
            ItemKind::Implementation => !private.contains(&entry.item),
            ItemKind::Function | ItemKind::Constant => {
                let owner = entry.item.rsplit_once("::");
                !owner.is_some_and(|(owner, _)| private.contains(owner))
            }
            _ => true,
        });
        entries
    }

    fn file(&self, name: &str) -> Option<&'f File> {
        let found = self.modules.iter().find(|module| module.name == name)?;
        Some(&found.code)
    }

    fn items(&mut self, items: &'f [Item], module: &str, reach: Visible) {
        let names = items.iter().filter_map(name).collect();
        let scope = Scope {
            module,
            names: &names,
        };
        for item in items {
            match item {
                Item::Mod(inner) => self.module(inner, module, reach),
                // An implementation is visible from any module.
                Item::Impl(one) => self.implementation(one, scope),
                Item::Macro(one) => self.expanded(&one.mac, scope),
                item if reach == Visible::Private || !is_public(item) => {
                    self.private
                        .extend(name(item).map(|name| join(module, &name)));
                }
                item => self.item(item, scope),
            }
        }
    }

    fn module(&mut self, inner: &'f syn::ItemMod, outer: &str, reach: Visible) {
        let path = join(outer, &inner.ident.to_string());
        let reach = match &inner.vis {
            Visibility::Public(_) => reach,
            _ => Visible::Private,
        };
        if reach == Visible::Public {
            self.add(&path, ItemKind::Module, format!("mod {path}"));
        }
        let items = match &inner.content {
            Some((_, items)) => items.as_slice(),
            None => {
                let file = self.file(&path);
                file.map(|file| file.items.as_slice()).unwrap_or_default()
            }
        };
        self.items(items, &path, reach);
    }

    fn item(&mut self, item: &Item, scope: Scope<'_>) {
        let path = |ident: &syn::Ident| join(scope.module, &ident.to_string());
        match item {
            Item::Struct(one) => self.structure(one, scope),
            Item::Enum(one) => self.enumeration(one, scope),
            Item::Fn(one) => {
                let path = path(&one.sig.ident);
                self.function(&one.sig, &path, scope);
            }
            Item::Const(one) => {
                let path = path(&one.ident);
                let text = format!("const {path}: {}", scope.kind(&one.ty));
                self.add(&path, ItemKind::Constant, text);
            }
            Item::Type(one) => {
                let path = path(&one.ident);
                let text = format!("type {path} = {}", scope.kind(&one.ty));
                self.add(&path, ItemKind::Alias, text);
            }
            Item::Use(one) => {
                let mut tree = one.tree.clone();
                without_last_comma(&mut tree);
                let text = print::tokens(&tree);
                let path = join(scope.module, &text);
                self.add(&path, ItemKind::Reexport, format!("use {text}"));
            }
            _ => {}
        }
    }

    fn structure(&mut self, one: &syn::ItemStruct, scope: Scope<'_>) {
        let path = join(scope.module, &one.ident.to_string());
        let mut names = Vec::new();
        let mut all_public = true;
        for (index, field) in one.fields.iter().enumerate() {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            names.push(name.clone());
            if !matches!(field.vis, Visibility::Public(_)) {
                all_public = false;
                continue;
            }
            let item = join(&path, &name);
            let text = format!("{item}: {}", scope.kind(&field.ty));
            self.add(&item, ItemKind::Field, text);
        }
        let open = is_non_exhaustive(&one.attrs);
        let shape = match (&one.fields, all_public) {
            (Fields::Unnamed(_), _) => "(..)",
            (Fields::Unit, _) => ";",
            (Fields::Named(_), true) => "",
            (Fields::Named(_), false) => " { .. }",
        };
        let text = declaration("struct", open, &path, &one.generics, scope) + shape;
        self.derived(&one.attrs, &path);
        let entry = ApiItem {
            complete: !open && all_public,
            order: order(&one.attrs, names),
            ..ApiItem::new(&path, ItemKind::Struct, text)
        };
        self.entries.push(entry);
    }

    fn enumeration(&mut self, one: &syn::ItemEnum, scope: Scope<'_>) {
        let path = join(scope.module, &one.ident.to_string());
        let mut names = Vec::new();
        for variant in &one.variants {
            let name = variant.ident.to_string();
            let item = join(&path, &name);
            let kinds: Vec<String> = variant
                .fields
                .iter()
                .map(|field| match &field.ident {
                    Some(name) => format!("{name}: {}", scope.kind(&field.ty)),
                    None => scope.kind(&field.ty),
                })
                .collect();
            let text = match &variant.fields {
                Fields::Unit => item.clone(),
                Fields::Unnamed(_) => format!("{item}({})", kinds.join(", ")),
                Fields::Named(_) => format!("{item} {{ {} }}", kinds.join(", ")),
            };
            self.add(&item, ItemKind::Variant, text);
            names.push(name);
        }
        let open = is_non_exhaustive(&one.attrs);
        let text = declaration("enum", open, &path, &one.generics, scope);
        self.derived(&one.attrs, &path);
        let entry = ApiItem {
            complete: !open,
            order: order(&one.attrs, names),
            ..ApiItem::new(&path, ItemKind::Enum, text)
        };
        self.entries.push(entry);
    }

    fn implementation(&mut self, one: &ItemImpl, scope: Scope<'_>) {
        let kind = scope.kind(&one.self_ty);
        // The type without its generic arguments.
        let owner = match &*one.self_ty {
            Type::Path(_) => kind.split('<').next().unwrap_or(&kind).to_owned(),
            _ => kind.clone(),
        };
        if let Some((name, _)) = &one.trait_ {
            let path = scope.path(name);
            // The traits of the hand-written `support` module aren't public.
            if path.starts_with("support::") {
                return;
            }
            let (generics, bounds) = scope.generics(&one.generics);
            let name = last_word(&path);
            let text = format!("impl{generics} {name} for {kind}{bounds}");
            self.add(&owner, ItemKind::Implementation, text);
            return;
        }
        for item in &one.items {
            match item {
                ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                    let path = join(&owner, &function.sig.ident.to_string());
                    self.function(&function.sig, &path, scope);
                }
                ImplItem::Const(constant) if matches!(constant.vis, Visibility::Public(_)) => {
                    let path = join(&owner, &constant.ident.to_string());
                    let text = format!("const {path}: {}", scope.kind(&constant.ty));
                    self.add(&path, ItemKind::Constant, text);
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, signature: &Signature, path: &str, scope: Scope<'_>) {
        let text = scope.signature(signature, path);
        let names = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed.pat.to_token_stream().to_string()),
            FnArg::Receiver(_) => None,
        });
        let entry = ApiItem {
            order: names.collect(),
            ..ApiItem::new(path, ItemKind::Function, text)
        };
        self.entries.push(entry);
    }

    /// Lists what a macro of the support module implements for the type that it
    /// names first.
    fn expanded(&mut self, one: &Macro, scope: Scope<'_>) {
        let name = one.path.segments.last().map(|last| last.ident.to_string());
        let traits: &[&str] = match name.as_deref() {
            Some("call_type") => &["Debug", "IntoFuture"],
            Some("response_type") => &["Debug", "Deserialize"],
            Some("shown_type") => &["Debug"],
            _ => return,
        };
        if let Some(TokenTree::Ident(named)) = one.tokens.clone().into_iter().next() {
            let path = join(scope.module, &named.to_string());
            self.implements(traits, &path);
        }
    }

    fn derived(&mut self, attributes: &[Attribute], path: &str) {
        self.implements(&derives(attributes), path);
    }

    fn implements<T: AsRef<str>>(&mut self, traits: &[T], path: &str) {
        for name in traits {
            // A derived implementation is listed like a written one.
            let text = match name.as_ref() {
                "Deserialize" => format!("impl<'de> Deserialize<'de> for {path}"),
                name => format!("impl {name} for {path}"),
            };
            self.add(path, ItemKind::Implementation, text);
        }
    }

    fn add(&mut self, item: &str, kind: ItemKind, text: String) {
        self.entries.push(ApiItem::new(item, kind, text));
    }
}

/// Returns the name of an item.
fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Mod(one) => &one.ident,
        Item::Struct(one) => &one.ident,
        Item::Enum(one) => &one.ident,
        Item::Const(one) => &one.ident,
        Item::Type(one) => &one.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Removes trailing commas, which are a matter of layout.
fn without_last_comma(tree: &mut UseTree) {
    match tree {
        UseTree::Group(group) => {
            group.items.pop_punct();
            group.items.iter_mut().for_each(without_last_comma);
        }
        UseTree::Path(path) => without_last_comma(&mut path.tree),
        _ => {}
    }
}

fn is_public(item: &Item) -> bool {
    let visibility = match item {
        Item::Struct(one) => &one.vis,
        Item::Enum(one) => &one.vis,
        Item::Fn(one) => &one.vis,
        Item::Const(one) => &one.vis,
        Item::Type(one) => &one.vis,
        Item::Use(one) => &one.vis,
        _ => return false,
    };
    matches!(visibility, Visibility::Public(_))
}

fn declaration(
    word: &str,
    open: bool,
    path: &str,
    generics: &Generics,
    scope: Scope<'_>,
) -> String {
    let mark = if open { "#[non_exhaustive] " } else { "" };
    let (generics, bounds) = scope.generics(generics);
    format!("{mark}{word} {path}{generics}{bounds}")
}

fn is_non_exhaustive(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        // A derive that can't be parsed has no effect.
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            names.extend(last.map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    names
}

/// Returns the members of a type in order, if programs can compare its values
/// by that order.
fn order(attributes: &[Attribute], parts: Vec<String>) -> Vec<String> {
    if derives(attributes).iter().any(|name| name == "PartialOrd") {
        parts
    } else {
        Vec::new()
    }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

/// Returns the name of a trait without its path: `From<&str>`.
fn last_word(path: &str) -> String {
    let generics = path.find('<').unwrap_or(path.len());
    let (name, generics) = path.split_at(generics);
    let name = name.rsplit("::").next().unwrap_or(name);
    format!("{name}{generics}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(root: &str) -> Vec<String> {
        let modules = [Module {
            name: String::new(),
            code: syn::parse_file(root).unwrap(),
        }];
        let mut texts: Vec<String> = Visit::of(&modules)
            .into_iter()
            .map(|entry| entry.text)
            .collect();
        texts.sort();
        texts
    }

    #[test]
    fn only_what_is_public_is_listed() {
        let list = texts(
            "pub struct A { pub a: i64, b: i64 }
             struct Hidden;
             impl Hidden { pub fn f() {} }
             impl Clone for Hidden {}
             impl crate::support::Own for A {}
             mod hidden { pub struct B; impl B { pub fn f() {} } pub const C: i64 = 0; }
             impl A { pub fn f(&self) {} fn g(&self) {} }",
        );
        assert_eq!(list, ["A::a: i64", "fn A::f(&self)", "struct A { .. }"]);
    }

    #[test]
    fn methods_from_private_modules_are_listed() {
        let list = texts("pub struct A; mod rules { impl super::A { pub fn validate(&self) {} } }");
        assert_eq!(list, ["fn A::validate(&self)", "struct A;"]);
    }

    #[test]
    fn implementations_by_a_macro_of_ours_are_like_written_ones() {
        let by_macro = texts("pub struct A; crate::support::response_type!(A, extra_fields, []);");
        let derived = texts("#[derive(Debug, Deserialize)] pub struct A;");
        assert_eq!(by_macro, derived);
    }

    #[test]
    fn derived_and_written_implementations_are_alike() {
        let derived = texts("#[derive(Clone, Deserialize)] pub struct A;");
        let written = texts(
            "pub struct A;
             impl ::std::clone::Clone for A { fn clone(&self) -> Self { A } }
             impl<'de> ::serde::Deserialize<'de> for A {}",
        );
        assert_eq!(derived, written);
    }

    #[test]
    fn implementations_belong_to_their_types() {
        let list =
            texts("pub mod m { pub mod n { impl From<i64> for super::A { } } pub struct A; }");
        assert!(
            list.contains(&"impl From<i64> for m::A".to_owned()),
            "{list:?}"
        );
    }

    #[test]
    fn implementations_for_types_of_others_are_listed() {
        let list = texts("pub struct A; impl From<A> for ::std::string::String {}");
        assert_eq!(list, ["impl From<A> for String", "struct A;"]);
    }
}
