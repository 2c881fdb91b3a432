//! The structure of OpenAPI 3.0: the kinds of objects, and the fields of each kind. The
//! walks through a document follow this table.

mod table;

use serde_json::Value;

use self::table::{Fields, fields};

/// The methods that a path may have an operation for.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The keywords that limit the values of a schema within its type.
pub const LIMITS: [&str; 13] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Whether a key of `responses` is a status of success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// A kind of object in OpenAPI 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
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
    /// A scope of an OAuth flow, which is a string rather than an object.
    OAuthScope,
}

/// The content of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A plain value of this type.
    Value(JsonType),
    /// An object.
    One(ObjectKind),
    /// A map of objects by name.
    Named(ObjectKind),
    /// A list of objects.
    List(ObjectKind),
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of JSON")]
pub enum JsonType {
    Text,
    Number,
    Flag,
    Array,
    Object,
    Any,
}

impl JsonType {
    /// Whether a value has this type.
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

/// Returns the content of a field of objects of this kind; `None` if OpenAPI 3.0 has no such
/// field.
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

/// Returns the fields that contain objects, for objects of this kind, in the order in which a
/// walk visits the fields.
pub fn parts(kind: ObjectKind) -> &'static [(&'static str, Holds)] {
    fields(kind).parts
}

/// Returns the kind of the objects under any other key of objects of this kind; `None` if
/// OpenAPI 3.0 allows no other keys there.
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
