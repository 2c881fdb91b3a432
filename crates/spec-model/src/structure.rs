//! What OpenAPI 3.0 puts where: the one table that every walk through a
//! document goes by.

mod table;

use serde_json::Value;

use self::table::{Fields, fields};

/// The methods that a path may have an operation for.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Whether a response key means success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are called what OpenAPI calls them")]
pub enum ObjectKind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    SecurityRequirement,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Callback,
    Link,
    Example,
    Schema,
    Discriminator,
    Xml,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    /// A scope of an OAuth flow, which is a text and no object.
    OAuthScope,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A value that holds no object of a kind.
    Value(Type),
    /// An object.
    One(ObjectKind),
    /// Objects by name.
    Named(ObjectKind),
    /// A list of objects.
    List(ObjectKind),
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are called what they are")]
pub enum Type {
    Text,
    Number,
    Flag,
    Array,
    Object,
    Any,
}

impl Type {
    /// Whether a value has it.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Flag => value.is_boolean(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Any => true,
        }
    }
}

/// What stands under a key of an object of a kind; nothing, if OpenAPI 3.0
/// doesn't know the key there.
pub fn holds(kind: ObjectKind, key: &str) -> Option<Holds> {
    let Fields {
        parts,
        values,
        others,
    } = fields(kind);
    let part = parts.iter().find(|(name, _)| *name == key);
    part.map(|(_, holds)| *holds)
        .or_else(|| {
            let value = values.iter().find(|(_, names)| names.contains(&key));
            value.map(|(kind, _)| Holds::Value(*kind))
        })
        .or(others.map(Holds::One))
}

/// The fields of an object of a kind that hold objects, in the order in which
/// they are walked through.
pub fn parts(kind: ObjectKind) -> &'static [(&'static str, Holds)] {
    fields(kind).parts
}

/// What stands under every other key of an object of a kind, if it may have
/// others.
pub fn others(kind: ObjectKind) -> Option<ObjectKind> {
    fields(kind).others
}

#[cfg(test)]
mod tests {
    use super::{Holds::One, *};

    #[test]
    fn a_path_has_an_operation_for_each_method() {
        for method in METHODS {
            assert_eq!(
                holds(ObjectKind::PathItem, method),
                Some(One(ObjectKind::Operation))
            );
        }
        assert_eq!(parts(ObjectKind::PathItem).len(), METHODS.len() + 2);
        assert_eq!(holds(ObjectKind::PathItem, "query"), None);
    }

    #[test]
    fn a_callback_has_a_path_under_every_name() {
        let path = "{$request.body#/url}";
        assert_eq!(
            holds(ObjectKind::Callback, path),
            Some(One(ObjectKind::PathItem))
        );
    }
}
