//! Reads the modules of a crate, and which of them name each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use quote::ToTokens as _;
use syn::{Attribute, Item, UseTree};

use super::paths::paths;

/// The path to a module from the crate's root.
type ModulePath = Vec<String>;

/// A reference from a module to a sibling, or to an item in it.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The parent module of both.
    pub holder: String,
    pub from: String,
    pub to: String,
    /// The file with the reference.
    pub file: String,
    pub path: String,
}

/// The source code of a crate, without tests and generated files.
pub struct Source(BTreeMap<ModulePath, Module>);

#[derive(Default)]
struct Module {
    file: PathBuf,
    /// The names that it declares.
    names: BTreeSet<String>,
    /// The paths of the names that it imports.
    uses: BTreeMap<String, ModulePath>,
    /// The paths of its glob imports.
    globs: Vec<ModulePath>,
    /// All paths in its code.
    paths: BTreeSet<ModulePath>,
}

impl Source {
    /// Reads a crate, starting with the file of its root.
    pub fn read(root: &Path) -> Self {
        let mut source = Self(BTreeMap::new());
        source.file(root, root.parent().unwrap(), Vec::new());
        source
    }

    /// Reads a file, whose own modules are in `folder`.
    fn file(&mut self, path: &Path, folder: &Path, module_path: ModulePath) {
        let text = fs::read_to_string(path).unwrap();
        if text.starts_with("// @generated") {
            return;
        }
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        self.module(file.items, path, folder, module_path);
    }

    fn module(&mut self, items: Vec<Item>, file: &Path, folder: &Path, module_path: ModulePath) {
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in items {
            match item {
                Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    let module_path: ModulePath =
                        module_path.iter().cloned().chain([name.clone()]).collect();
                    let folder = folder.join(&name);
                    match inner.content {
                        Some((_, items)) => self.module(items, file, &folder, module_path),
                        None => self.file(&located(&folder), &folder, module_path),
                    }
                }
                item => module.add(item),
            }
        }
        self.0.insert(module_path, module);
    }

    /// Returns the references between sibling modules.
    pub fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (module_path, module) in &self.0 {
            for path in &module.paths {
                let named = self.named(Some(module_path), module_path, path, 0);
                let shared = module_path
                    .iter()
                    .zip(&named)
                    .take_while(|(one, other)| one == other);
                let shared = shared.count();
                if let (Some(from), Some(to)) = (module_path.get(shared), named.get(shared)) {
                    edges.push(Edge {
                        holder: match shared {
                            0 => "crate".to_owned(),
                            _ => module_path[..shared].join("::"),
                        },
                        from: from.clone(),
                        to: to.clone(),
                        file: module.file.display().to_string(),
                        path: path.join("::"),
                    });
                }
            }
        }
        edges
    }

    /// Resolves a path in the module `at` to a module. With `from`, it stops at
    /// the first module that isn't a parent of `from`.
    fn named(
        &self,
        from: Option<&[String]>,
        at: &[String],
        path: &[String],
        depth: usize,
    ) -> ModulePath {
        let mut module_path = at.to_vec();
        for (index, step) in path.iter().enumerate() {
            match step.as_str() {
                "crate" => module_path.clear(),
                "super" => {
                    module_path.pop();
                }
                "self" => {}
                name => {
                    let inner: ModulePath = module_path
                        .iter()
                        .cloned()
                        .chain([name.to_owned()])
                        .collect();
                    if self.0.contains_key(&inner) {
                        module_path = inner;
                    } else if let Some(target) = self.re_exported(&module_path, name, depth) {
                        let rest = target.iter().chain(&path[index + 1..]);
                        let rest: ModulePath = rest.cloned().collect();
                        return self.named(from, &module_path, &rest, depth + 1);
                    } else {
                        return module_path;
                    }
                    if from.is_some_and(|from| !from.starts_with(&module_path)) {
                        return module_path;
                    }
                }
            }
        }
        module_path
    }

    /// Returns the path that a module re-exports under a name.
    fn re_exported(&self, module_path: &[String], name: &str, depth: usize) -> Option<ModulePath> {
        let module = self.0.get(module_path)?;
        // The depth limit ends imports that lead to each other.
        if module.names.contains(name) || depth > 4 {
            return None;
        }
        let globs = || {
            module.globs.iter().find_map(|glob| {
                let target = self.named(None, module_path, glob, depth + 1);
                let has =
                    |module: &Module| module.names.contains(name) || module.uses.contains_key(name);
                self.0.get(&target).filter(|module| has(module))?;
                Some(glob.iter().cloned().chain([name.to_owned()]).collect())
            })
        };
        module.uses.get(name).cloned().or_else(globs)
    }
}

impl Module {
    fn add(&mut self, item: Item) {
        if is_for_tests(attributes(&item)) {
            return;
        }
        match &item {
            Item::Use(one) => self.using(&one.tree, Vec::new()),
            item => self.names.extend(name(item)),
        }
        self.paths.extend(paths(item.into_token_stream()));
    }

    fn using(&mut self, tree: &UseTree, mut path: ModulePath) {
        match tree {
            UseTree::Path(one) => {
                path.push(one.ident.to_string());
                self.using(&one.tree, path);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.using(tree, path.clone());
                }
            }
            UseTree::Glob(_) => self.globs.push(path),
            UseTree::Name(one) if one.ident == "self" => {
                self.uses
                    .extend(path.last().cloned().map(|name| (name, path)));
            }
            UseTree::Name(one) => {
                path.push(one.ident.to_string());
                self.uses.insert(one.ident.to_string(), path);
            }
            UseTree::Rename(one) => {
                path.push(one.ident.to_string());
                self.uses.insert(one.rename.to_string(), path);
            }
        }
    }
}

/// Returns the file of a module whose own modules are in `folder`.
fn located(folder: &Path) -> PathBuf {
    let beside = folder.with_extension("rs");
    match beside.is_file() {
        true => beside,
        false => folder.join("mod.rs"),
    }
}

/// Whether an item is compiled for tests only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute
            .meta
            .to_token_stream()
            .to_string()
            .replace(' ', "");
        text == "cfg(test)" || text.starts_with("cfg(all(test,")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(one) => &one.attrs,
        Item::Enum(one) => &one.attrs,
        Item::Fn(one) => &one.attrs,
        Item::Impl(one) => &one.attrs,
        Item::Macro(one) => &one.attrs,
        Item::Static(one) => &one.attrs,
        Item::Struct(one) => &one.attrs,
        Item::Trait(one) => &one.attrs,
        Item::Type(one) => &one.attrs,
        Item::Use(one) => &one.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(one) => &one.ident,
        Item::Enum(one) => &one.ident,
        Item::Fn(one) => &one.sig.ident,
        Item::Macro(one) => one.ident.as_ref()?,
        Item::Static(one) => &one.ident,
        Item::Struct(one) => &one.ident,
        Item::Trait(one) => &one.ident,
        Item::Type(one) => &one.ident,
        _ => return None,
    };
    Some(name.to_string())
}
