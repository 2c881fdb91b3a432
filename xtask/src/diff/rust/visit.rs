//! Lists the public items of generated modules. The module `declared` lists the members of
//! types and of implementations.

use std::collections::BTreeSet;

use spec_codegen::emit::Module;
use syn::{File, Ident, Item, Visibility};

use super::item::{ApiItem, ItemKind};
use super::scope::Scope;

/// A walk through the modules of a crate.
pub struct Visit<'f> {
    modules: &'f [Module],
    pub(super) entries: Vec<ApiItem>,
    /// The items, other than modules, that can't be named from outside the crate.
    private: BTreeSet<String>,
}

/// Lists the public items of a crate's modules, sorted. The root module has an empty
/// name.
pub fn public_items(modules: &[Module]) -> Vec<ApiItem> {
    let mut visit = Visit {
        modules,
        entries: Vec::new(),
        private: BTreeSet::new(),
    };
    if let Some(root) = visit.file("") {
        visit.items(&root.items, "", true);
    }
    let Visit {
        mut entries,
        private,
        ..
    } = visit;
    // Methods and implementations of a type that programs can't name are left out. This
    // assumes that no public function returns such a type.
    entries.retain(|entry| match entry.kind {
        ItemKind::Implementation => !private.contains(&entry.item),
        ItemKind::Function | ItemKind::Constant => {
            let owner = entry.item.rsplit_once("::");
            !owner.is_some_and(|(owner, _)| private.contains(owner))
        }
        _ => true,
    });
    entries.sort();
    entries.dedup();
    entries
}

impl<'f> Visit<'f> {
    fn file(&self, name: &str) -> Option<&'f File> {
        let found = self.modules.iter().find(|module| module.name == name)?;
        Some(&found.code)
    }

    /// Lists the items of a module. `reachable` says whether the module can be named from
    /// outside the crate.
    fn items(&mut self, items: &'f [Item], module: &str, reachable: bool) {
        let names = items.iter().filter_map(named);
        let names = names.map(|(_, name)| name.to_string()).collect();
        let scope = Scope {
            module,
            names: &names,
        };
        for item in items {
            match item {
                // An implementation applies outside the crate, even if it is written in a private module.
                Item::Impl(one) => self.implementation(one, scope),
                Item::Macro(one) => self.expanded(&one.mac, scope),
                item => {
                    let Some((visibility, name)) = named(item) else {
                        continue;
                    };
                    let path = join(module, &name.to_string());
                    let reachable = reachable && matches!(visibility, Visibility::Public(_));
                    match item {
                        Item::Mod(inner) => self.module(inner, &path, reachable),
                        item if reachable => self.item(item, &path, scope),
                        _ => {
                            self.private.insert(path);
                        }
                    }
                }
            }
        }
    }

    fn module(&mut self, inner: &'f syn::ItemMod, path: &str, reachable: bool) {
        if reachable {
            self.add(path, ItemKind::Module, format!("mod {path}"));
        }
        let items = match &inner.content {
            Some((_, items)) => items.as_slice(),
            None => {
                let file = self.file(path);
                file.map(|file| file.items.as_slice()).unwrap_or_default()
            }
        };
        self.items(items, path, reachable);
    }

    fn item(&mut self, item: &Item, path: &str, scope: Scope<'_>) {
        match item {
            Item::Struct(one) => self.structure(one, path, scope),
            Item::Enum(one) => self.enumeration(one, path, scope),
            Item::Fn(one) => self.function(&one.sig, path, scope),
            Item::Const(one) => {
                let text = format!("const {path}: {}", scope.kind(&one.ty));
                self.add(path, ItemKind::Constant, text);
            }
            Item::Type(one) => {
                let text = format!("type {path} = {}", scope.kind(&one.ty));
                self.add(path, ItemKind::Alias, text);
            }
            _ => {}
        }
    }

    pub(super) fn add(&mut self, item: &str, kind: ItemKind, text: String) {
        self.entries.push(ApiItem::new(item, kind, text));
    }
}

/// Returns the visibility and name of a module, type, function, constant or alias, and
/// `None` for another item.
fn named(item: &Item) -> Option<(&Visibility, &Ident)> {
    Some(match item {
        Item::Mod(one) => (&one.vis, &one.ident),
        Item::Struct(one) => (&one.vis, &one.ident),
        Item::Enum(one) => (&one.vis, &one.ident),
        Item::Fn(one) => (&one.vis, &one.sig.ident),
        Item::Const(one) => (&one.vis, &one.ident),
        Item::Type(one) => (&one.vis, &one.ident),
        _ => return None,
    })
}

/// Returns the path of a member of a module or type.
pub fn join(module: &str, name: &str) -> String {
    match module {
        "" => name.to_owned(),
        module => format!("{module}::{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(root: &str) -> Vec<String> {
        let modules = [Module {
            name: String::new(),
            code: syn::parse_file(root).unwrap(),
        }];
        let mut texts: Vec<String> = public_items(&modules)
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
