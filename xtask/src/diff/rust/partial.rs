//! Lists the public items of the crates of two documents, without the operations for which the
//! generator has no code.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use spec_codegen::lint::Origin;
use spec_codegen::supported::{self, Skipped};
use spec_model::{METHODS, members};

use super::generated;
use super::item::ApiItem;
use crate::large_stack;

/// An operation that the verdict doesn't cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uncovered {
    /// The method and path.
    pub operation: String,
    /// The reason why the generator has no code for it, with the place.
    pub reason: String,
}

/// The public items of both crates, and the operations that neither crate has.
pub struct Partial {
    /// The items of the old crate.
    pub old: Vec<ApiItem>,
    /// The items of the new crate.
    pub new: Vec<ApiItem>,
    /// The operations for which the generator has no code in one of the documents.
    pub uncovered: Vec<Uncovered>,
}

/// Lists the items of both crates. `None` if no operation remains in a document, or if the
/// generator refuses a document even without the operations that were left out.
pub fn both(old: &Value, new: &Value) -> Option<Partial> {
    let (mut old, mut new) = (old.clone(), new.clone());
    let left_out = |document: &mut Value| large_stack::run(|| supported::leave_out(document).ok());
    let of_old = left_out(&mut old)??;
    let of_new = left_out(&mut new)??;
    supported::without(&mut old, &of_new);
    supported::without(&mut new, &of_old);
    if !has_operations(&old) || !has_operations(&new) {
        return None;
    }
    let (Ok(old), Ok(new)) = generated::both(&old, &new, Origin::Foreign) else {
        return None;
    };
    let mut seen = BTreeSet::new();
    let skipped = of_new.into_iter().chain(of_old);
    let skipped = skipped.filter(|one| seen.insert((one.path.clone(), one.method)));
    let uncovered = skipped.map(
        |Skipped {
             method,
             path,
             reason,
         }| Uncovered {
            operation: format!("{} {path}", method.to_uppercase()),
            reason,
        },
    );
    Some(Partial {
        old,
        new,
        uncovered: uncovered.collect(),
    })
}

fn has_operations(document: &Value) -> bool {
    members(document, "/paths")
        .any(|(_, item)| METHODS.iter().any(|method| item.get(method).is_some()))
}
