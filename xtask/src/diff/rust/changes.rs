//! Compares the public items of two crates.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{ApiItem, ItemKind};
use super::{RustChange, RustClass};

type Key<'a> = (&'a str, ItemKind, &'a str);
type Index<'a> = BTreeMap<Key<'a>, &'a ApiItem>;

/// Returns the changes, breaking ones first.
pub fn between(old: &[ApiItem], new: &[ApiItem]) -> Vec<RustChange> {
    let (left, right) = (index(old), index(new));
    let (removed, added) = (types_not_in(&left, &right), types_not_in(&right, &left));
    let mut changes = Vec::new();
    for (key, entry) in &left {
        match right.get(key) {
            Some(other) => changes.extend(kept(entry, other)),
            None if belongs_to_one_of(entry, &removed) => {}
            None => changes.push(change(RustClass::Breaking, entry, "was removed")),
        }
    }
    for (key, entry) in &right {
        if left.contains_key(key) || belongs_to_one_of(entry, &added) {
            continue;
        }
        let owner = entry.item.rsplit_once("::").map(|(owner, _)| owner);
        let owner = owner.and_then(|owner| type_of(owner, &left));
        let class = match owner {
            Some(owner) if owner.complete && is_part(entry.kind) => RustClass::Breaking,
            _ => RustClass::Additive,
        };
        changes.push(change(class, entry, "was added"));
    }
    changes.sort_by(|one, other| {
        let key = |change: &RustChange| (std::cmp::Reverse(change.class), change.item.clone());
        key(one)
            .cmp(&key(other))
            .then_with(|| one.message.cmp(&other.message))
    });
    changes
}

/// Maps items by name. All implementations of a type have the name of the type, so their text is
/// part of the key.
fn index(items: &[ApiItem]) -> Index<'_> {
    items
        .iter()
        .map(|entry| {
            let text = match entry.kind {
                ItemKind::Implementation => entry.text.as_str(),
                _ => "",
            };
            ((entry.item.as_str(), entry.kind, text), entry)
        })
        .collect()
}

fn is_part(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Field | ItemKind::Variant)
}

/// Returns the type with this name.
fn type_of<'a>(name: &str, entries: &Index<'a>) -> Option<&'a ApiItem> {
    [ItemKind::Struct, ItemKind::Enum]
        .into_iter()
        .find_map(|kind| entries.get(&(name, kind, "")).copied())
}

fn types_not_in<'a>(entries: &Index<'a>, others: &Index<'_>) -> BTreeSet<&'a str> {
    let kinds = [ItemKind::Struct, ItemKind::Enum];
    entries
        .iter()
        .filter(|(key, entry)| kinds.contains(&entry.kind) && !others.contains_key(*key))
        .map(|(_, entry)| entry.item.as_str())
        .collect()
}

/// Whether an item belongs to one of these types, as a member or as an implementation that names
/// the type. Such an item isn't reported, because the added or removed type is reported.
fn belongs_to_one_of(entry: &ApiItem, types: &BTreeSet<&str>) -> bool {
    match entry.kind {
        ItemKind::Struct | ItemKind::Enum => false,
        ItemKind::Implementation => {
            let mut names = entry
                .text
                .split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '#'));
            names.any(|name| types.contains(name))
        }
        _ => {
            let owner = entry.item.rsplit_once("::");
            owner.is_some_and(|(owner, _)| types.contains(owner))
        }
    }
}

/// Compares an item that both crates have.
fn kept(old: &ApiItem, new: &ApiItem) -> Option<RustChange> {
    if old.text != new.text {
        let opened = new.text.strip_prefix("#[non_exhaustive] ") == Some(old.text.as_str());
        let closed = old.text.strip_prefix("#[non_exhaustive] ") == Some(new.text.as_str());
        if closed {
            return Some(change(RustClass::Additive, new, "may be written out now"));
        }
        let words = if opened {
            "may not be written out any more".to_owned()
        } else {
            format!("was `{}`, and is `{}`", declared(old), declared(new))
        };
        return Some(change(RustClass::Breaking, new, &words));
    }
    let kept = |entry: &ApiItem, other: &ApiItem| -> Vec<String> {
        let parts = entry.order.iter();
        parts
            .filter(|part| other.order.contains(part))
            .cloned()
            .collect()
    };
    let reordered = kept(old, new) != kept(new, old);
    let words = match new.kind {
        // Old calls may still compile, but then they pass arguments to the wrong parameters.
        ItemKind::Function => "takes its arguments in another order",
        _ => "compares in another order",
    };
    reordered.then(|| change(RustClass::Breaking, new, words))
}

/// Returns the declaration of an item, without the name of a field or constant.
fn declared(entry: &ApiItem) -> &str {
    match entry.kind {
        ItemKind::Field | ItemKind::Constant => {
            let rest = entry.text.split_once(": ");
            rest.map_or(entry.text.as_str(), |(_, kind)| kind)
        }
        _ => &entry.text,
    }
}

/// Returns a change of an item.
fn change(class: RustClass, entry: &ApiItem, words: &str) -> RustChange {
    let message = match entry.kind {
        ItemKind::Implementation => {
            let what = entry.text.split(" for ").next().unwrap_or(&entry.text);
            format!("`{what}` {words}")
        }
        kind => format!("the {} {words}", kind.word()),
    };
    RustChange {
        class,
        item: entry.item.clone(),
        message,
        cause: None,
    }
}

#[cfg(test)]
mod tests {
    use spec_codegen::emit::Module;

    use super::super::visit::public_items;
    use super::*;

    fn api(text: &str) -> Vec<ApiItem> {
        public_items(&[Module {
            name: String::new(),
            code: syn::parse_file(text).unwrap(),
        }])
    }

    fn compared(old: &str, new: &str) -> Vec<(RustClass, String)> {
        let changes = between(&api(old), &api(new));
        changes
            .into_iter()
            .map(|change| (change.class, change.item))
            .collect()
    }

    fn one(class: RustClass, item: &str) -> Vec<(RustClass, String)> {
        vec![(class, item.to_owned())]
    }

    #[test]
    fn nothing_is_no_change() {
        let text = "pub struct A { pub a: i64 } impl A { pub fn f(&self) {} }";
        assert!(compared(text, text).is_empty());
    }

    #[test]
    fn a_field_that_changes_type_breaks() {
        let old = "pub struct A { pub a: i64 }";
        assert_eq!(
            compared(old, "pub struct A { pub a: i32 }"),
            one(RustClass::Breaking, "A::a")
        );
    }

    #[test]
    fn a_new_field_breaks_what_could_be_written_out() {
        let (old, new) = (
            "pub struct A { pub a: i64 }",
            "pub struct A { pub a: i64, pub b: i64 }",
        );
        assert_eq!(compared(old, new), one(RustClass::Breaking, "A::b"));
        let open = |text: &str| format!("#[non_exhaustive] {text}");
        assert_eq!(
            compared(&open(old), &open(new)),
            one(RustClass::Additive, "A::b")
        );
    }

    #[test]
    fn a_new_variant_breaks_what_could_be_matched() {
        let (old, new) = ("pub enum A { B }", "pub enum A { B, C }");
        assert_eq!(compared(old, new), one(RustClass::Breaking, "A::C"));
        let open = |text: &str| format!("#[non_exhaustive] {text}");
        assert_eq!(
            compared(&open(old), &open(new)),
            one(RustClass::Additive, "A::C")
        );
    }

    #[test]
    fn a_type_goes_with_everything_it_has() {
        let old = "#[derive(Clone)] pub struct A { pub a: i64 } impl A { pub fn f(&self) {} }";
        assert_eq!(compared(old, ""), one(RustClass::Breaking, "A"));
        assert_eq!(compared("", old), one(RustClass::Additive, "A"));
    }

    #[test]
    fn implementations_that_name_a_type_go_with_it() {
        let kept = "pub struct Body;";
        let gone =
            format!("{kept} pub struct A; impl From<A> for Body {{}} impl From<Body> for A {{}}");
        assert_eq!(compared(&gone, kept), one(RustClass::Breaking, "A"));
        assert_eq!(compared(kept, &gone), one(RustClass::Additive, "A"));
    }

    #[test]
    fn a_struct_that_becomes_an_enum_breaks_once_as_each() {
        let found = compared("pub struct A { pub a: i64 }", "pub enum A { B }");
        assert_eq!(
            found,
            [
                (RustClass::Breaking, "A".to_owned()),
                (RustClass::Additive, "A".to_owned())
            ]
        );
    }

    #[test]
    fn a_lost_implementation_breaks_and_a_new_one_adds() {
        let (old, new) = (
            "#[derive(Clone, Copy)] pub struct A;",
            "#[derive(Clone)] pub struct A;",
        );
        assert_eq!(compared(old, new), one(RustClass::Breaking, "A"));
        assert_eq!(compared(new, old), one(RustClass::Additive, "A"));
    }

    #[test]
    fn order_counts_where_values_are_ordered() {
        let (old, new) = ("pub enum A { B, C }", "pub enum A { C, B }");
        assert!(compared(old, new).is_empty());
        let ordered = |text: &str| format!("#[derive(PartialOrd)] {text}");
        assert_eq!(
            compared(&ordered(old), &ordered(new)),
            one(RustClass::Breaking, "A")
        );
    }

    #[test]
    fn signatures_break_and_parameter_names_do_not() {
        let old = "pub fn f(a: i64) {}";
        assert!(compared(old, "pub fn f(b: i64) {}").is_empty());
        assert_eq!(
            compared(old, "pub fn f(a: i32) {}"),
            one(RustClass::Breaking, "f")
        );
    }

    #[test]
    fn arguments_in_another_order_break_even_when_their_types_are_the_same() {
        let old = "impl A { pub fn f(&self, a: i64, b: i64) {} }";
        let new = "impl A { pub fn f(&self, b: i64, a: i64) {} }";
        assert_eq!(compared(old, new), one(RustClass::Breaking, "A::f"));
        let renamed = "impl A { pub fn f(&self, c: i64, b: i64) {} }";
        assert!(compared(old, renamed).is_empty());
    }

    #[test]
    fn what_becomes_non_exhaustive_breaks() {
        let (old, new) = ("pub struct A;", "#[non_exhaustive] pub struct A;");
        assert_eq!(compared(old, new), one(RustClass::Breaking, "A"));
    }
}
