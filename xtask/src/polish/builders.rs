//! Drops the builders of types that are only received.
//!
//! Nobody builds a response. Its builder would be half of the code, and would
//! have to know each new field.

use syn::{File, ImplItem, Item};

use super::{implementer, module, reach::Reach};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "builders of received types",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let sent = Reach::of(file).sent;
    let Some(types) = module(&mut file.items, "types") else {
        return 0;
    };
    let mut dropped = 0;
    if let Some(builders) = module(types, "builder") {
        let before = builders.len();
        builders.retain(|item| match item {
            Item::Struct(item) => sent.contains(&item.ident.to_string()),
            Item::Impl(item) => implementer(item).is_none_or(|name| sent.contains(&name)),
            _ => true,
        });
        dropped = before - builders.len();
        if builders.is_empty() {
            types.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "builder"));
        }
    }
    types.retain_mut(|item| {
        let Item::Impl(item) = item else { return true };
        if item.trait_.is_some() || implementer(item).is_none_or(|name| sent.contains(&name)) {
            return true;
        }
        item.items
            .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "builder"));
        !item.items.is_empty()
    });
    dropped
}
