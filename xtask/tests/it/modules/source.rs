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
type Way = Vec<String>;

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
pub struct Source(BTreeMap<Way, Module>);

#[derive(Default)]
struct Module {
    file: PathBuf,
    /// The names that it declares.
    names: BTreeSet<String>,
    /// The paths of the names that it imports.
    uses: BTreeMap<String, Way>,
    /// The paths of its glob imports.
    globs: Vec<Way>,
    /// All paths in its code.
    paths: BTreeSet<Way>,
}

impl Source {
    /// Reads a crate, starting with the file of its root.
    pub fn read(root: &Path) -> Self {
        let mut source = Self(BTreeMap::new());
        source.file(root, root.parent().unwrap(), Vec::new());
        source
    }

    /// Reads a file, whose own modules are in `folder`.
    fn file(&mut self, path: &Path, folder: &Path, way: Way) {
        let text = fs::read_to_string(path).unwrap();
        if text.starts_with("// @generated") {
            return;
        }
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        self.module(file.items, path, folder, way);
    }

    fn module(&mut self, items: Vec<Item>, file: &Path, folder: &Path, way: Way) {
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in items {
            match item {
                Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    let way: Way = way.iter().cloned().chain([name.clone()]).collect();
                    let folder = folder.join(&name);
                    match inner.content {
                        Some((_, items)) => self.module(items, file, &folder, way),
                        None => self.file(&located(&folder), &folder, way),
                    }
                }
                item => module.add(item),
            }
        }
        self.0.insert(way, module);
    }

    /// Returns the references between sibling modules.
    pub fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (way, module) in &self.0 {
            for path in &module.paths {
                let named = self.named(Some(way), way, path, 0);
                let shared = way
                    .iter()
                    .zip(&named)
                    .take_while(|(one, other)| one == other);
                let shared = shared.count();
                if let (Some(from), Some(to)) = (way.get(shared), named.get(shared)) {
                    edges.push(Edge {
                        holder: match shared {
                            0 => "crate".to_owned(),
                            _ => way[..shared].join("::"),
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
    fn named(&self, from: Option<&[String]>, at: &[String], path: &[String], depth: usize) -> Way {
        let mut way = at.to_vec();
        for (index, step) in path.iter().enumerate() {
            match step.as_str() {
                "crate" => way.clear(),
                "super" => {
                    way.pop();
                }
                "self" => {}
                name => {
                    let inner: Way = way.iter().cloned().chain([name.to_owned()]).collect();
                    if self.0.contains_key(&inner) {
                        way = inner;
                    } else if let Some(target) = self.handed_on(&way, name, depth) {
                        let rest = target.iter().chain(&path[index + 1..]);
                        let rest: Way = rest.cloned().collect();
                        return self.named(from, &way, &rest, depth + 1);
                    } else {
                        return way;
                    }
                    if from.is_some_and(|from| !from.starts_with(&way)) {
                        return way;
                    }
                }
            }
        }
        way
    }

    /// Returns the path that a module re-exports under a name.
    fn handed_on(&self, way: &[String], name: &str, depth: usize) -> Option<Way> {
        let module = self.0.get(way)?;
        // The depth limit ends imports that lead to each other.
        if module.names.contains(name) || depth > 4 {
            return None;
        }
        let globs = || {
            module.globs.iter().find_map(|glob| {
                let target = self.named(None, way, glob, depth + 1);
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

    fn using(&mut self, tree: &UseTree, mut path: Way) {
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
