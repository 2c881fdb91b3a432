//! Lists the public items that types and implementations declare.

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use syn::{
    Attribute, Fields, FnArg, Generics, ImplItem, ItemEnum, ItemImpl, ItemStruct, Macro, Signature,
    Type, Visibility,
};

use super::item::{ApiItem, ItemKind};
use super::scope::Scope;
use super::visit::{Visit, join};

impl Visit<'_> {
    pub(super) fn structure(&mut self, one: &ItemStruct, path: &str, scope: Scope<'_>) {
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
            let item = join(path, &name);
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
        let text = declaration("struct", open, path, &one.generics, scope) + shape;
        self.implements(&derives(&one.attrs), path);
        let entry = ApiItem {
            complete: !open && all_public,
            order: order(&one.attrs, names),
            ..ApiItem::new(path, ItemKind::Struct, text)
        };
        self.entries.push(entry);
    }

    pub(super) fn enumeration(&mut self, one: &ItemEnum, path: &str, scope: Scope<'_>) {
        let mut names = Vec::new();
        for variant in &one.variants {
            let name = variant.ident.to_string();
            let item = join(path, &name);
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
        let text = declaration("enum", open, path, &one.generics, scope);
        self.implements(&derives(&one.attrs), path);
        let entry = ApiItem {
            complete: !open,
            order: order(&one.attrs, names),
            ..ApiItem::new(path, ItemKind::Enum, text)
        };
        self.entries.push(entry);
    }

    pub(super) fn implementation(&mut self, one: &ItemImpl, scope: Scope<'_>) {
        let kind = scope.kind(&one.self_ty);
        // The owner is the type without its generic arguments.
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

    pub(super) fn function(&mut self, signature: &Signature, path: &str, scope: Scope<'_>) {
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

    /// Lists the implementations that a macro of the `support` module adds to the type in its
    /// first argument.
    pub(super) fn expanded(&mut self, one: &Macro, scope: Scope<'_>) {
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

    fn implements<T: AsRef<str>>(&mut self, traits: &[T], path: &str) {
        for name in traits {
            // A derived implementation is listed like a handwritten one.
            let text = match name.as_ref() {
                "Deserialize" => format!("impl<'de> Deserialize<'de> for {path}"),
                name => format!("impl {name} for {path}"),
            };
            self.add(path, ItemKind::Implementation, text);
        }
    }
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

/// Returns the members of a type in order, if the type derives an order of its values. An empty
/// list otherwise.
fn order(attributes: &[Attribute], parts: Vec<String>) -> Vec<String> {
    if derives(attributes).iter().any(|name| name == "PartialOrd") {
        parts
    } else {
        Vec::new()
    }
}

/// Returns the name of a trait without its path: `From<&str>`.
fn last_word(path: &str) -> String {
    let generics = path.find('<').unwrap_or(path.len());
    let (name, generics) = path.split_at(generics);
    let name = name.rsplit("::").next().unwrap_or(name);
    format!("{name}{generics}")
}
