//! A document whose values have ids. The id of a value is found by its address in
//! memory, gives its JSON pointer, and is the target of all references to the value.

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

/// The longest chain of references that is followed. A longer one is taken for
/// a cycle; real documents have chains of two or three.
const MAX_HOPS: usize = 64;

/// A document under comparison.
#[derive(Debug)]
pub struct Document<'a> {
    nodes: Vec<Node<'a>>,
    by_address: HashMap<usize, NodeId>,
    references: HashMap<&'a str, Option<NodeId>>,
}

impl<'a> Document<'a> {
    /// Wraps the root value.
    pub fn new(root: &'a Value) -> Self {
        let mut document = Self {
            nodes: Vec::new(),
            by_address: HashMap::new(),
            references: HashMap::new(),
        };
        document.intern(root, None, Segment::Index(0));
        document
    }

    /// The whole document.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    fn node(&self, id: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(id.0 as usize)
    }

    /// The value of a node.
    pub fn value(&self, id: NodeId) -> &'a Value {
        self.node(id).map_or(&Value::Null, |node| node.value)
    }

    /// The text under a key.
    pub fn text(&self, id: NodeId, key: &str) -> Option<&'a str> {
        self.value(id).get(key)?.as_str()
    }

    /// Whether the value under a key is true.
    pub fn is_true(&self, id: NodeId, key: &str) -> bool {
        is_true(self.value(id).get(key))
    }

    /// The node that contains this one; for the root, the root itself.
    pub fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).and_then(|node| node.parent).unwrap_or(id)
    }

    /// The value under a key, if the node is an object that has the key.
    pub fn child(&mut self, id: NodeId, key: &str) -> Option<NodeId> {
        let (key, value) = self.value(id).as_object()?.get_key_value(key)?;
        Some(self.intern(value, Some(id), Segment::Key(key)))
    }

    /// The value under a key, references followed.
    pub fn followed(&mut self, id: NodeId, key: &str) -> Option<NodeId> {
        let child = self.child(id, key)?;
        Some(self.resolve(child))
    }

    /// The entries of an object; none for anything else.
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

    /// The elements of an array; none for anything else.
    pub fn items(&mut self, id: NodeId) -> Vec<NodeId> {
        let array = self.value(id).as_array().into_iter().flatten();
        array
            .enumerate()
            .map(|(index, value)| self.intern(value, Some(id), Segment::Index(index)))
            .collect()
    }

    /// The elements of the array under a key.
    pub fn items_of(&mut self, id: NodeId, key: &str) -> Vec<NodeId> {
        self.child(id, key)
            .map(|list| self.items(list))
            .unwrap_or_default()
    }

    /// The entries of the object under a key.
    pub fn entries_of(&mut self, id: NodeId, key: &str) -> Vec<(&'a str, NodeId)> {
        self.child(id, key)
            .map(|map| self.entries(map))
            .unwrap_or_default()
    }

    /// Follows references up to a value. If the chain ends at a missing target,
    /// returns the last reference; if it is circular or too long, the node it
    /// began with.
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

    /// Whether following references from this node ends at no value.
    pub fn leads_nowhere(&mut self, id: NodeId) -> bool {
        let target = self.resolve(id);
        reference(self.value(target)).is_some()
    }

    /// The node that a local reference names.
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

    /// The RFC 6901 pointer of a node.
    pub fn pointer(&self, id: NodeId) -> String {
        self.render(id, |_, index| index.to_string())
    }

    /// A pointer that stays the same if elements are inserted before it in a
    /// list: parameters are named by place and name, references by their
    /// target, instead of by index.
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

    /// The key or index of a node in its parent.
    pub fn name(&self, id: NodeId) -> String {
        match self.node(id).map(|node| node.segment) {
            Some(Segment::Key(key)) => key.to_owned(),
            Some(Segment::Index(index)) => index.to_string(),
            None => String::new(),
        }
    }

    /// The name of a schema in reports. A schema in a list has only an index,
    /// so it is called inline.
    pub fn schema_name(&self, id: NodeId) -> String {
        let name = self.name(id);
        match name.parse::<usize>() {
            Ok(_) => "an inline schema".to_owned(),
            Err(_) => name,
        }
    }

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

/// The target of a value that is a reference.
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
