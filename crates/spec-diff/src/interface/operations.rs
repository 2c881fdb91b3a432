//! Lists the operations of a document.

use spec_model::METHODS;

use crate::document::{Document, NodeId};
use crate::message::OperationNodes;

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    /// The path of the operation.
    pub path: &'a str,
    /// The entry of `paths`, which may be a reference to the path item.
    pub entry: NodeId,
    /// The nodes of the operation and of its path item.
    pub nodes: OperationNodes,
    /// The method of the operation.
    pub method: &'static str,
    /// The operationId.
    pub id: Option<&'a str>,
}

impl Operation<'_> {
    /// Returns the name of the operation in reports.
    pub fn name(&self) -> String {
        self.id.map_or_else(|| self.address(), str::to_owned)
    }

    /// Returns the method and path.
    pub fn address(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

/// Lists all operations, in the order of the document.
pub fn all<'a>(document: &mut Document<'a>, root: NodeId) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (path, entry) in document.entries_of(root, "paths") {
        if !path.starts_with("x-") {
            operations.extend(of_path(document, path, entry));
        }
    }
    operations
}

/// Lists the operations of one path.
pub fn of_path<'a>(
    document: &mut Document<'a>,
    path: &'a str,
    entry: NodeId,
) -> Vec<Operation<'a>> {
    let item = document.resolve(entry);
    let mut operations = Vec::new();
    for (key, node) in document.entries(item) {
        if let Some(method) = METHODS.into_iter().find(|method| *method == key) {
            operations.push(Operation {
                path,
                entry,
                nodes: OperationNodes {
                    path: item,
                    operation: node,
                },
                method,
                id: document.text(node, "operationId"),
            });
        }
    }
    operations
}
