//! Checks that generated code has no macro or re-export that may declare items. The
//! verdict on Rust compares declared items only, and would miss what a macro declares.

use quote::ToTokens as _;
use spec_codegen::{lint::Origin, pipeline};
use spec_model::{
    load,
    sample::{self, Size},
};
use syn::{
    Attribute, Block, Expr, File, Item, ItemMacro, Macro, Visibility,
    visit::{self, Visit},
};
use xtask::workspace;

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

#[test]
fn generated_code_declares_every_item_openly() {
    let root = workspace::find().unwrap();
    let own = load::document(&root.join(workspace::DOCUMENT)).unwrap();
    let size = Size {
        paths: 6,
        schemas: 14,
        properties: 5,
        depth: 2,
    };
    let made_up = sample::generatable(sample::document(1, size));
    for document in [own, made_up] {
        let code = pipeline::code(&document, Origin::Foreign)
            .unwrap_or_else(|failure| panic!("{failure}"));
        for module in &code.modules {
            assert_eq!(hidden_by(&module.code), [""; 0], "in {}", module.name);
        }
    }
}

/// Lists the macros of a module that may declare items. Macros inside of functions are left
/// out.
fn hidden_by(code: &File) -> Vec<String> {
    let mut search = Search(Vec::new());
    search.visit_file(code);
    search.0
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

#[test]
fn macros_that_may_declare_something_are_found() {
    for (code, expected) in [
        ("declare!(A, B);", "`declare!`"),
        ("mod a { some::declare! { A } }", "`some::declare!`"),
        ("struct A { b: kind!(i64) }", "`kind!`"),
        ("impl A { methods!(); }", "`methods!`"),
        ("impl A { fn f() -> kind!() {} }", "`kind!`"),
        ("#[rewrite] struct A;", "`#[rewrite]`"),
        ("mod a { pub use b::C; }", "a re-export"),
        (
            "#[macro_export] macro_rules! a { () => {} }",
            "`#[macro_export]`",
        ),
    ] {
        let found = hidden_by(&syn::parse_file(code).unwrap());
        assert!(found.contains(&expected.to_owned()), "{code}: {found:?}");
    }
}

#[test]
fn macros_that_declare_nothing_are_left_out() {
    let code = "#[derive(Clone)] #[non_exhaustive] struct A;
        const B: &str = concat!(\"a\", \"b\");
        macro_rules! c { () => {} }
        impl A { #[must_use] pub fn f(&self) -> String { format!(\"{}\", 1) } }";
    assert_eq!(hidden_by(&syn::parse_file(code).unwrap()), [""; 0]);
}
