//! Finds the change of the document that caused a change of the generated crate.

use spec_diff::Wire;

use super::RustChange;

/// Adds the cause to each change, if it is known: the document has only one change, or the
/// name of the changed item follows from names at the place of a change.
pub fn attribute(changes: &mut [RustChange], wire: &Wire) {
    let causes: Vec<Cause<'_>> = wire.changes.iter().map(Cause::of).collect();
    for change in changes {
        let item = Item::of(change);
        let cause = match causes.as_slice() {
            [only] => Some(only),
            several => {
                // `max_by_key` returns the last of equal elements, and the first is wanted, so
                // the list is reversed.
                let scored = several
                    .iter()
                    .rev()
                    .filter_map(|cause| Some((cause.score(&item)?, cause)));
                scored.max_by_key(|(score, _)| *score).map(|(_, one)| one)
            }
        };
        if let Some(cause) = cause {
            let spec_diff::Change { id, old, new, .. } = cause.change;
            let at = if new.len() >= old.len() { new } else { old };
            change.cause = Some(format!("{id} at `#{at}`"));
        }
    }
}

/// A change of the document, with normalized names.
struct Cause<'a> {
    change: &'a spec_diff::Change,
    /// The components that contain the changed part.
    components: Vec<String>,
    /// The operations that reach the changed part.
    operations: Vec<String>,
    /// The names of properties around the part, and the names in the message.
    names: Vec<String>,
}

/// A changed item of the crate, with normalized names.
struct Item {
    is_operation: bool,
    /// The name of the type or operation.
    outer: String,
    /// The names of the changed members.
    inner: Vec<String>,
    /// The names in the message.
    mentions: Vec<String>,
}

impl<'a> Cause<'a> {
    fn of(change: &'a spec_diff::Change) -> Self {
        let mut components = Vec::new();
        let mut names = Vec::new();
        for pointer in [&change.old, &change.new] {
            let mut segments = pointer.split('/').skip(1);
            while let Some(segment) = segments.next() {
                match segment {
                    "schemas" => components.extend(segments.next().map(normalized)),
                    "properties" => names.extend(segments.next().map(normalized)),
                    _ => {}
                }
            }
        }
        names.extend(quoted(&change.message));
        Self {
            change,
            components,
            operations: change
                .operations
                .iter()
                .map(|name| normalized(name))
                .collect(),
            names,
        }
    }

    /// Returns how well the cause fits an item; `None` if it doesn't fit. A common member counts
    /// 8, and so outweighs the type or operation, which counts at most 4.
    fn score(&self, item: &Item) -> Option<usize> {
        let outer = &item.outer;
        let begins = |name: &&String| outer.starts_with(name.as_str());
        let reaches = self.operations.contains(outer);
        let is_named = self.names.contains(outer);
        let has_component = self
            .components
            .iter()
            .any(|name| item.mentions.contains(name));
        let (base, rest) = if item.is_operation {
            match (reaches, self.components.is_empty()) {
                (true, true) => (4, ""),
                (true, false) if has_component => (2, ""),
                (true, false) => (1, ""),
                (false, _) if is_named => (1, ""),
                (false, _) => return None,
            }
        } else if self.components.contains(outer) {
            (4, "")
        } else if let Some(name) = self.components.iter().find(begins) {
            (2, outer.strip_prefix(name.as_str()).unwrap_or_default())
        } else if let Some(name) = self.operations.iter().find(begins) {
            // An inline type is named after its operation.
            let base = if self.components.is_empty() { 3 } else { 1 };
            (base, outer.strip_prefix(name.as_str()).unwrap_or_default())
        } else if is_named || has_component {
            (1, "")
        } else {
            return None;
        };
        let is_here = |name: &&String| item.inner.contains(name) || rest.contains(name.as_str());
        let inner = self.names.iter().filter(is_here).count();
        Some(inner.saturating_mul(8).saturating_add(base))
    }
}

impl Item {
    fn of(change: &RustChange) -> Self {
        let is_operation = !change.item.starts_with("types::");
        let skipped = ["types", "builder", "Client"];
        let mut names = change
            .item
            .split("::")
            .filter(|segment| !skipped.contains(segment))
            .map(normalized);
        Self {
            is_operation,
            outer: names.next().unwrap_or_default(),
            inner: names.collect(),
            mentions: quoted(&change.message),
        }
    }
}

/// Returns the names between backticks.
fn quoted(message: &str) -> Vec<String> {
    let code = message.split('`').skip(1).step_by(2);
    code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')))
        .filter(|word| !word.is_empty())
        .map(normalized)
        .collect()
}

/// Returns a name in lowercase and without separators, because the generator may change the
/// case and the separators.
fn normalized(name: &str) -> String {
    let name = name.trim_start_matches("r#");
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::diff::rust::RustClass;

    fn caused(old: &Value, new: &Value, items: &[&str]) -> Vec<String> {
        let mut changes: Vec<RustChange> = items
            .iter()
            .map(|item| RustChange {
                class: RustClass::Breaking,
                item: (*item).to_owned(),
                message: String::new(),
                cause: None,
            })
            .collect();
        attribute(&mut changes, &spec_diff::compare(old, new));
        changes
            .into_iter()
            .map(|change| change.cause.unwrap_or_default())
            .collect()
    }

    fn document(parcel: &Value, body: &Value) -> Value {
        json!({
            "openapi": "3.0.3",
            "paths": {"/parcels": {"post": {
                "operationId": "send_parcel",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"note": body}}}}},
                "responses": {"200": {"description": "", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Parcel"}}}}},
            }}},
            "components": {"schemas": {"Parcel": {"type": "object", "properties": {"weight": parcel}}}},
        })
    }

    #[test]
    fn each_item_has_the_cause_it_is_named_after() {
        let (number, text) = (json!({"type": "integer"}), json!({"type": "string"}));
        let found = caused(
            &document(&number, &number),
            &document(&text, &text),
            &[
                "types::Parcel::weight",
                "types::SendParcelBody::note",
                "types::builder::SendParcelBody::note",
                "types::Other",
            ],
        );
        let weight = "at `#/components/schemas/Parcel/properties/weight`";
        assert!(found[0].contains(weight), "{found:?}");
        for message in &found[1..3] {
            assert!(message.contains("/requestBody/"), "{found:?}");
        }
        assert_eq!(found[3], "");
    }

    #[test]
    fn a_single_change_caused_everything() {
        let (number, text) = (json!({"type": "integer"}), json!({"type": "string"}));
        let found = caused(
            &document(&number, &number),
            &document(&number, &text),
            &["types::Anything"],
        );
        assert!(found[0].contains("/requestBody/"), "{found:?}");
    }
}
