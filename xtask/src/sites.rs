//! Finds every schema of a document, and says what each is for.

mod walk;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::{Map, Value};

use self::walk::{Schema, Walk};

/// The methods that may hold an operation.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The prefix of a reference to a component schema.
pub const SCHEMAS: &str = "#/components/schemas/";

/// Where a schema tree hangs in the document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Root {
    Component(Rc<str>),
    Request,
    Response,
    ErrorResponse,
}

/// Where a walk has come to.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub pointer: &'a str,
    pub root: &'a Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The property's name, when the schema describes a property.
    pub property: Option<&'a str>,
}

/// One schema.
#[derive(Clone, Debug)]
pub struct Site {
    pub pointer: String,
    pub root: Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The property's name, when the schema describes a property.
    pub property: Option<String>,
    /// The component that its `$ref` names.
    target: Option<String>,
}

/// Every schema of the document, parents before children.
pub fn sites(document: &Value) -> Vec<Site> {
    // One walk serves those who look and those who change.
    sites_within(&mut document.clone())
}

/// Every schema of the document, as [`sites`] finds them, without a copy of it.
pub fn sites_within(document: &mut Value) -> Vec<Site> {
    let mut found = Vec::new();
    let mut enter = |place: &Place, target: Option<&str>| {
        found.push(Site {
            pointer: place.pointer.to_owned(),
            root: place.root.clone(),
            is_root: place.is_root,
            property: place.property.map(str::to_owned),
            target: target.map(str::to_owned),
        });
    };
    Walk::new(&mut enter, &mut |_, _| {}).document(document);
    found
}

/// Calls `change` with every schema, children before parents, so that what it
/// inserts isn't visited.
pub fn change_each(document: &mut Value, change: &mut dyn FnMut(&Place, &mut Schema)) {
    Walk::new(&mut |_, _| {}, change).document(document);
}

/// Whether a response key means success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// The members of the object at `pointer`, none when there is no object.
pub fn members<'a>(
    value: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    at(value, pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// The items of a list member, none when there is no list.
pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}

/// The value at a JSON pointer. In documents of thousands of schemas,
/// unescaping steps that need none would be most of looking one up.
pub fn at<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    steps(pointer).try_fold(document, |value, step| match value {
        Value::Object(members) => members.get(&*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn steps(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| match step.bytes().any(|byte| byte == b'~') {
            true => step.replace("~1", "/").replace("~0", "~").into(),
            false => step.into(),
        })
}

/// Escapes one step of a JSON pointer.
pub fn escape(step: &str) -> Cow<'_, str> {
    match step.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        true => step.replace('~', "~0").replace('/', "~1").into(),
        false => step.into(),
    }
}

/// The component that a schema refers to: directly, or by the `allOf` of one
/// member that a description beside a reference needs.
pub fn reference(schema: &Value) -> Option<&str> {
    reference_of(schema.as_object()?)
}

/// The component that the keywords of a schema refer to, as [`reference()`] says.
pub fn reference_of(schema: &Map<String, Value>) -> Option<&str> {
    let holder = match schema.get("allOf").and_then(Value::as_array) {
        Some(all) if all.len() == 1 => all[0].as_object()?,
        _ => schema,
    };
    target(holder)
}

fn target(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// Which component schemas requests and responses lead to.
#[derive(Debug, Default)]
pub struct Reach {
    pub requests: BTreeSet<String>,
    pub responses: BTreeSet<String>,
}

impl Reach {
    pub fn of(sites: &[Site]) -> Self {
        let references = sites.iter();
        Self::along(references.filter_map(|site| Some((&site.root, site.target.as_deref()?))))
    }

    /// As [`Reach::of`], for those who need the sites for nothing else.
    pub fn within(document: &mut Value) -> Self {
        let mut references = Vec::new();
        let mut enter = |place: &Place, target: Option<&str>| {
            references.extend(target.map(|target| (place.root.clone(), target.to_owned())));
        };
        Walk::new(&mut enter, &mut |_, _| {}).document(document);
        let references = references.iter();
        Self::along(references.map(|(root, target)| (root, target.as_str())))
    }

    fn along<'a>(references: impl Iterator<Item = (&'a Root, &'a str)>) -> Self {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for (root, target) in references {
            match root {
                Root::Component(name) => {
                    edges.entry(name.as_ref()).or_default().insert(target);
                }
                Root::Request => requests.push(target),
                Root::Response => responses.push(target),
                Root::ErrorResponse => {}
            }
        }
        Self {
            requests: closure(requests, &edges),
            responses: closure(responses, &edges),
        }
    }
}

fn closure(start: Vec<&str>, edges: &BTreeMap<&str, BTreeSet<&str>>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = start;
    while let Some(name) = open.pop() {
        if reached.insert(name.to_owned()) {
            open.extend(edges.get(name).into_iter().flatten());
        }
    }
    reached
}
