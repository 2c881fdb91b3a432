//! Drops the calls for builders that are not there.
//!
//! Types that are only received have no builder: the generator's output is
//! read without.

use syn::{File, ImplItem, Item};

use super::{implementer, module, reach::Reach};
use crate::lower::Pass;

pub(super) const PASS: Pass<File> = Pass {
    name: "calls for builders of received types",
    ours: true,
    run,
};

fn run(file: &mut File) -> usize {
    let sent = Reach::of(file).sent;
    let Some(types) = module(&mut file.items, "types") else {
        return 0;
    };
    let mut dropped = 0;
    types.retain_mut(|item| {
        let Item::Impl(item) = item else { return true };
        if item.trait_.is_some() || implementer(item).is_none_or(|name| sent.contains(&name)) {
            return true;
        }
        let before = item.items.len();
        item.items
            .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "builder"));
        dropped += before - item.items.len();
        !item.items.is_empty()
    });
    dropped
}
