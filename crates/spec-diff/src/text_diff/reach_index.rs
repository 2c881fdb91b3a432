//! Finds the operations that a part of the document belongs to.

use std::collections::HashMap;

use crate::compatibility::Direction;
use crate::document::{Document, NodeId};
use crate::message::OperationNodes;
use crate::reach::Reach;
use crate::schema::{PairId, Pairs};
use crate::session::Session;

/// The nodes of operations and of compared schemas in the new document.
#[derive(Debug, Default)]
pub struct ReachIndex {
    operations: HashMap<NodeId, Vec<usize>>,
    schemas: HashMap<NodeId, Vec<PairId>>,
}

impl ReachIndex {
    /// Collects the nodes.
    pub fn gather(session: &Session<'_>, operations: &[(usize, OperationNodes)]) -> Self {
        let mut index = Self::default();
        for (number, nodes) in operations {
            for node in [nodes.path, nodes.operation] {
                index.operations.entry(node).or_default().push(*number);
            }
        }
        for (id, pair) in session.pairs.iter() {
            for root in &pair.places.new.roots {
                index.schemas.entry(*root).or_default().push(id);
            }
        }
        index
    }

    /// Returns the operations that reach a part of the new document. The closest compared
    /// schema, operation or path around the part decides.
    pub fn reach(&self, document: &Document<'_>, pairs: &Pairs, node: NodeId) -> Reach {
        let mut reach = Reach::default();
        let mut below = String::new();
        let mut at = node;
        loop {
            if let Some(found) = self.schemas.get(&at) {
                for pair in found.iter().filter_map(|id| pairs.get(*id)) {
                    reach.merge(&pair.reach);
                }
                return reach;
            }
            if let Some(operations) = self.operations.get(&at) {
                for operation in operations {
                    reach.merge(&message_of(&below, *operation));
                }
                return reach;
            }
            let parent = document.parent(at);
            if parent == at {
                return reach;
            }
            below = document.name(at);
            at = parent;
        }
    }
}

/// Returns the messages that a part of an operation belongs to.
fn message_of(part: &str, operation: usize) -> Reach {
    match part {
        "parameters" | "requestBody" => Reach::one(Direction::Request, operation),
        "responses" => Reach::one(Direction::Response, operation),
        _ => Reach::everything(operation),
    }
}
