//! Finds macros and re-exports that may declare items, which can't be listed.

use quote::ToTokens as _;
use spec_codegen::emit::Module;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, Item, ItemMacro, Macro, Visibility};

/// Attributes of the language, of its tools, and of derives. Any other
/// attribute may be a macro that rewrites its item.
const ATTRIBUTES: [&str; 14] = [
    "allow",
    "automatically_derived",
    "cfg",
    "default",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "inline",
    "must_use",
    "non_exhaustive",
    "path",
    "rustfmt",
    "serde",
];

/// Lists the macros of a module that may declare items, each with the module's
/// name. Macros inside of functions are left out.
pub fn hidden_by(module: &Module) -> Vec<String> {
    let mut search = Search(Vec::new());
    search.visit_file(&module.code);
    let place = match module.name.as_str() {
        "" => "the crate's root",
        name => name,
    };
    let found = search.0.into_iter();
    found.map(|what| format!("{what} in {place}")).collect()
}

struct Search(Vec<String>);

impl Visit<'_> for Search {
    fn visit_item(&mut self, item: &Item) {
        match item {
            Item::Verbatim(_) => self.0.push("an item that is no known syntax".to_owned()),
            Item::Use(one) if matches!(one.vis, Visibility::Public(_)) => {
                self.0.push("a re-export".to_owned());
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_item_macro(&mut self, item: &ItemMacro) {
        // The definition of a macro declares no item, unless it is exported.
        let is_exported = |attribute: &Attribute| attribute.path().is_ident("macro_export");
        if item.ident.is_none() || item.attrs.iter().any(is_exported) {
            visit::visit_item_macro(self, item);
        }
    }

    fn visit_macro(&mut self, one: &Macro) {
        let path = one.path.to_token_stream().to_string().replace(' ', "");
        // These macros only implement traits for a type that is listed anyway.
        if path.starts_with("crate::support::") {
            return;
        }
        self.0.push(format!("`{path}!`"));
    }

    fn visit_attribute(&mut self, attribute: &Attribute) {
        let first = attribute.path().segments.first();
        let name = first.map(|first| first.ident.to_string());
        let name = name.unwrap_or_default();
        if !ATTRIBUTES.contains(&name.as_str()) {
            self.0.push(format!("`#[{name}]`"));
        }
    }

    fn visit_block(&mut self, _: &Block) {}

    fn visit_expr(&mut self, _: &Expr) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, code: &str) -> Vec<String> {
        hidden_by(&Module {
            name: name.to_owned(),
            code: syn::parse_file(code).unwrap(),
        })
    }

    #[test]
    fn macros_that_may_declare_something_are_found_with_their_place() {
        for (code, expected) in [
            ("declare!(A, B);", "`declare!` in types"),
            (
                "mod a { some::declare! { A } }",
                "`some::declare!` in types",
            ),
            ("struct A { b: kind!(i64) }", "`kind!` in types"),
            ("impl A { methods!(); }", "`methods!` in types"),
            ("impl A { fn f() -> kind!() {} }", "`kind!` in types"),
            ("#[rewrite] struct A;", "`#[rewrite]` in types"),
            ("mod a { pub use b::C; }", "a re-export in types"),
            (
                "#[macro_export] macro_rules! a { () => {} }",
                "`#[macro_export]` in types",
            ),
        ] {
            let found = found("types", code);
            assert!(found.contains(&expected.to_owned()), "{code}: {found:?}");
        }
        assert_eq!(found("", "a!();"), ["`a!` in the crate's root"]);
    }

    #[test]
    fn what_declares_nothing_hides_nothing() {
        let code = "#[derive(Clone)] #[non_exhaustive] struct A;
             const B: &str = concat!(\"a\", \"b\");
             macro_rules! c { () => {} }
             impl A { #[must_use] pub fn f(&self) -> String { format!(\"{}\", 1) } }";
        assert_eq!(found("types", code), [""; 0]);
    }
}
