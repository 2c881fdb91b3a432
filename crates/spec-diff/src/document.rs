//! A document whose values have ids ("nodes"). A value has one id, however it is reached:
//! directly or by a reference. The JSON pointer of a value follows from its id.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use spec_model::{escape, is_true, steps};

/// The id of a value of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug)]
struct Node<'a> {
    value: &'a Value,
    parent: Option<NodeId>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

/// A chain of this many references or more is taken for a cycle. Real documents have two or three
/// references in a chain, so a longer chain is taken for a cycle.
const MAX_HOPS: usize = 64;

/// A document under comparison.
#[derive(Debug)]
pub struct Document<'a> {
    nodes: Vec<Node<'a>>,
    by_address: HashMap<usize, NodeId>,
    references: HashMap<&'a str, Option<NodeId>>,
}

impl<'a> Document<'a> {
    /// Wraps the root value of a document.
    pub fn new(root: &'a Value) -> Self {
        let mut document = Self {
            nodes: Vec::new(),
            by_address: HashMap::new(),
            references: HashMap::new(),
        };
        document.intern(root, None, Segment::Index(0));
        document
    }

    /// Returns the node of the whole document.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    fn node(&self, id: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(id.0 as usize)
    }

    /// Returns the value of a node.
    pub fn value(&self, id: NodeId) -> &'a Value {
        self.node(id).map_or(&Value::Null, |node| node.value)
    }

    /// Returns the text under a key.
    pub fn text(&self, id: NodeId, key: &str) -> Option<&'a str> {
        self.value(id).get(key)?.as_str()
    }

    /// Whether the value under a key is true.
    pub fn is_true(&self, id: NodeId, key: &str) -> bool {
        is_true(self.value(id).get(key))
    }

    /// Returns the node that contains a node; for the root, the root itself.
    pub fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).and_then(|node| node.parent).unwrap_or(id)
    }

    /// Returns the node under a key, if the given node is an object that has the key.
    pub fn child(&mut self, id: NodeId, key: &str) -> Option<NodeId> {
        let (key, value) = self.value(id).as_object()?.get_key_value(key)?;
        Some(self.intern(value, Some(id), Segment::Key(key)))
    }

    /// Returns the node under a key. References are followed.
    pub fn followed(&mut self, id: NodeId, key: &str) -> Option<NodeId> {
        let child = self.child(id, key)?;
        Some(self.resolve(child))
    }

    /// Returns the entries of an object; none for any other value.
    pub fn entries(&mut self, id: NodeId) -> Vec<(&'a str, NodeId)> {
        let object = self.value(id).as_object().into_iter().flatten();
        object
            .map(|(key, value)| {
                let node = self.intern(value, Some(id), Segment::Key(key));
                (key.as_str(), node)
            })
            .collect()
    }

    /// Whether a node is an object without entries.
    pub fn is_empty(&self, id: NodeId) -> bool {
        self.value(id).as_object().is_some_and(Map::is_empty)
    }

    /// Whether a node is an object whose entries are all empty objects.
    pub fn is_bare(&self, id: NodeId) -> bool {
        let is_empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
        let object = self.value(id).as_object();
        object.is_some_and(|object| object.values().all(is_empty))
    }

    /// Returns the elements of an array; none for any other value.
    pub fn items(&mut self, id: NodeId) -> Vec<NodeId> {
        let array = self.value(id).as_array().into_iter().flatten();
        array
            .enumerate()
            .map(|(index, value)| self.intern(value, Some(id), Segment::Index(index)))
            .collect()
    }

    /// Returns the elements of the array under a key.
    pub fn items_of(&mut self, id: NodeId, key: &str) -> Vec<NodeId> {
        self.child(id, key)
            .map(|list| self.items(list))
            .unwrap_or_default()
    }

    /// Returns the entries of the object under a key.
    pub fn entries_of(&mut self, id: NodeId, key: &str) -> Vec<(&'a str, NodeId)> {
        self.child(id, key)
            .map(|map| self.entries(map))
            .unwrap_or_default()
    }

    /// Follows references up to a value that is no reference. If the chain ends at a missing
    /// target, returns the last reference. If the chain is circular or too long, returns its
    /// first node.
    pub fn resolve(&mut self, id: NodeId) -> NodeId {
        let mut at = id;
        for _ in 0..MAX_HOPS {
            let Some(reference) = reference(self.value(at)) else {
                return at;
            };
            match self.target(reference) {
                Some(target) => at = target,
                None => return at,
            }
        }
        id
    }

    /// Whether the references from a node lead to no value.
    pub fn is_dangling(&mut self, id: NodeId) -> bool {
        let target = self.resolve(id);
        reference(self.value(target)).is_some()
    }

    /// Returns the target of a reference within the document.
    pub fn target(&mut self, reference: &'a str) -> Option<NodeId> {
        if let Some(known) = self.references.get(reference) {
            return *known;
        }
        let found = self.locate(reference);
        self.references.insert(reference, found);
        found
    }

    fn locate(&mut self, reference: &str) -> Option<NodeId> {
        let pointer = reference.strip_prefix('#')?;
        let pointer = percent_decode_str(pointer).decode_utf8_lossy();
        let mut at = self.root();
        for key in steps(&pointer) {
            at = if self.value(at).is_array() {
                let index: usize = key.parse().ok()?;
                *self.items(at).get(index)?
            } else {
                self.child(at, &key)?
            };
        }
        Some(at)
    }

    /// Returns the JSON pointer (RFC 6901) of a node.
    pub fn pointer(&self, id: NodeId) -> String {
        self.render(id, |_, index| index.to_string())
    }

    /// Returns a pointer that doesn't depend on the order of parameters and references: it
    /// contains `in` and the name of a parameter, and the target of a reference, instead of the
    /// index in the list.
    pub fn stable_pointer(&self, id: NodeId) -> String {
        self.render(id, |value, index| {
            let text = |key| value.get(key).and_then(Value::as_str);
            match (text("in"), text("name"), reference(value)) {
                (Some(place), Some(name), _) => format!("{place}:{name}"),
                (_, _, Some(reference)) => escape(reference).into_owned(),
                _ => index.to_string(),
            }
        })
    }

    fn render(&self, id: NodeId, index_text: impl Fn(&Value, usize) -> String) -> String {
        let mut segments = Vec::new();
        let mut at = id;
        while let Some(node) = self.node(at) {
            let Some(parent) = node.parent else { break };
            segments.push(match node.segment {
                Segment::Key(key) => escape(key).into_owned(),
                Segment::Index(index) => index_text(node.value, index),
            });
            at = parent;
        }
        let segments = segments.iter().rev();
        segments.flat_map(|segment| ["/", segment]).collect()
    }

    /// Returns the key or index of a node in its parent.
    pub fn name(&self, id: NodeId) -> String {
        match self.node(id).map(|node| node.segment) {
            Some(Segment::Key(key)) => key.to_owned(),
            Some(Segment::Index(index)) => index.to_string(),
            None => String::new(),
        }
    }

    /// Returns the name of a schema in reports. A schema in a list has no name but an index,
    /// so it is called inline.
    pub fn schema_name(&self, id: NodeId) -> String {
        let name = self.name(id);
        match name.parse::<usize>() {
            Ok(_) => "an inline schema".to_owned(),
            Err(_) => name,
        }
    }

    /// Returns the node of a value. The first time, the value gets an id.
    fn intern(&mut self, value: &'a Value, parent: Option<NodeId>, segment: Segment<'a>) -> NodeId {
        let address = std::ptr::from_ref(value).addr();
        if let Some(id) = self.by_address.get(&address) {
            return *id;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            value,
            parent,
            segment,
        });
        self.by_address.insert(address, id);
        id
    }
}

/// Returns the `$ref` of a value.
pub fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_lead_to_the_node_itself() {
        let root = json!({"a/b": {"x": 1}, "r": {"$ref": "#/a~1b"}, "p": {"$ref": "#/a%2Fb"}});
        let mut document = Document::new(&root);
        let top = document.root();
        let direct = document.child(top, "a/b").unwrap();
        assert_eq!(document.followed(top, "r"), Some(direct));
        assert_eq!(document.pointer(direct), "/a~1b");
        // A percent-encoded slash separates two steps, so this reference has no
        // target.
        let dangling = document.child(top, "p").unwrap();
        assert_eq!(document.resolve(dangling), dangling);
    }

    #[test]
    fn circular_references_end() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}});
        let mut document = Document::new(&root);
        let top = document.root();
        assert!(document.followed(top, "a").is_some());
    }

    #[test]
    fn locations_name_parameters() {
        let root = json!({"parameters": [{"in": "query", "name": "limit"}]});
        let mut document = Document::new(&root);
        let parameter = document.items_of(document.root(), "parameters")[0];
        assert_eq!(document.pointer(parameter), "/parameters/0");
        assert_eq!(
            document.stable_pointer(parameter),
            "/parameters/query:limit"
        );
    }
}
