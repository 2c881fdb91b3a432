//! Which operations a part of the text belongs to.

use std::collections::HashMap;

use crate::document::{Document, NodeId};
use crate::law::Direction;
use crate::reach::Reach;
use crate::schema::{PairId, Pairs};
use crate::session::Session;

/// Where operations and compared schemas stand in the new document.
#[derive(Debug, Default)]
pub struct ReachIndex {
    operations: HashMap<NodeId, Vec<usize>>,
    schemas: HashMap<NodeId, Vec<PairId>>,
}

impl ReachIndex {
    /// Notes where everything stands.
    pub fn gather(session: &Session<'_>, sites: &[(NodeId, NodeId, usize)]) -> Self {
        let mut index = Self::default();
        for (path, operation, number) in sites {
            for node in [path, operation] {
                index.operations.entry(*node).or_default().push(*number);
            }
        }
        for (id, pair) in session.pairs.iter() {
            for root in &pair.new.roots {
                index.schemas.entry(*root).or_default().push(id);
            }
        }
        index
    }

    /// Who reaches a part of the new document: whoever reaches the closest
    /// schema around it, else the operation or path it is part of.
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

/// The message a part of an operation belongs to.
fn message_of(part: &str, operation: usize) -> Reach {
    match part {
        "parameters" | "requestBody" => Reach::one(Direction::Request, operation),
        "responses" => Reach::one(Direction::Response, operation),
        _ => Reach::everything(operation),
    }
}
