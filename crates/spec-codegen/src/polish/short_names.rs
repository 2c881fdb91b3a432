//! Shortens the paths of well-known names: `::std::option::Option` becomes `Option`.
//!
//! The generator writes full paths, because a schema may have such a name. If a schema has the
//! name, the path isn't shortened.

use std::collections::BTreeSet;

use syn::{
    File, Item, Path,
    visit_mut::{self, VisitMut},
};

use crate::syntax::module_mut;

/// The paths to shorten.
const KNOWN: [&str; 12] = [
    "::std::boxed::Box",
    "::std::clone::Clone",
    "::std::convert::From",
    "::std::convert::Into",
    "::std::default::Default",
    "::std::option::Option",
    "::std::option::Option::None",
    "::std::option::Option::Some",
    "::std::result::Result",
    "::std::result::Result::Ok",
    "::std::string::String",
    "::std::vec::Vec",
];

pub(super) fn run(file: &mut File) {
    for name in ["types", "calls"] {
        if let Some(items) = module_mut(&mut file.items, name) {
            shorten(items);
        }
    }
}

fn shorten(items: &mut [Item]) {
    let taken: BTreeSet<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    let mut shorten = Shorten { taken };
    for item in items {
        shorten.visit_item_mut(item);
    }
}

struct Shorten {
    taken: BTreeSet<String>,
}

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none() {
            return;
        }
        let is_known = |known: &str| {
            let mut names = known.split("::").skip(1);
            path.segments
                .iter()
                .all(|segment| names.next().is_some_and(|name| segment.ident == name))
                && names.next().is_none()
        };
        let is_known = KNOWN.iter().any(|known| is_known(known));
        let Some(last) = path.segments.last().filter(|_| is_known) else {
            return;
        };
        if !self.taken.contains(&last.ident.to_string()) {
            *path = Path::from(last.clone());
        }
    }
}
