//! The operations of the service, and which of them the emulator serves.

use crate::document::{Document, unserved};
use crate::routes;
use crate::strictness::Strictness;

/// One operation of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The id, such as `create_ticket`.
    pub id: String,
    /// The method, such as `POST`.
    pub method: String,
    /// The template of the path, such as `/api/tickets/{id}`.
    pub path: String,
    /// Whether the emulator serves the operation. A request for another operation is
    /// answered 501 with the operation's id. If the document has the operation, the
    /// request is checked first.
    pub is_served: bool,
}

/// Returns all operations of the document, and those that the vendor documents
/// beyond it, in the order of paths and methods.
///
/// ```
/// let operations = gorgias_emulator::operations();
/// let create = operations.iter().find(|one| one.id == "create_ticket");
/// assert!(create.is_some_and(|create| create.is_served && create.method == "POST"));
/// ```
#[must_use]
pub fn operations() -> Vec<OperationInfo> {
    let Ok(document) = Document::embedded(Strictness::default()) else {
        return Vec::new();
    };
    let operations = document.operations().into_iter();
    let mut operations: Vec<_> = operations
        .map(|operation| OperationInfo {
            id: operation.id.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            is_served: routes::handler(&operation.id).is_some(),
        })
        .collect();
    operations.extend(
        unserved::operations().map(|(id, method, path)| OperationInfo {
            id: id.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            is_served: false,
        }),
    );
    operations.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    operations
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const START: &str = "<!-- operations: written from the tables of handlers by a test -->\n";
    const BEYOND: &str =
        "Other operations that the vendor documents are answered 501, without a check:";
    const END: &str = "\n## Requests and errors\n";

    /// `UPDATE_FIDELITY=1 cargo test -p gorgias-emulator` writes the list.
    #[test]
    fn the_list_of_operations_in_fidelity_is_the_table() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FIDELITY.md");
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(START).expect("a list of operations");
        let (_, after) = rest.split_once(END).expect("more after it");
        let mut ids: Vec<_> = routes::ids().collect();
        ids.sort_unstable();
        let ids = ids.into_iter().map(|id| format!("- `{id}`\n"));
        let list: String = ids.collect();
        let beyond = unserved::operations();
        let beyond = beyond.map(|(_, method, path)| format!("- `{method} {path}`\n"));
        let beyond: String = beyond.collect();
        let written = format!("{before}{START}\n{list}\n{BEYOND}\n\n{beyond}{END}{after}");
        if std::env::var_os("UPDATE_FIDELITY").is_some() {
            std::fs::write(&path, written).unwrap();
        } else {
            assert!(text == written, "FIDELITY.md is stale");
        }
    }
}
