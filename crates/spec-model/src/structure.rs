//! What OpenAPI 3.0 puts where: the one table that every walk through a
//! document goes by.

use serde_json::Value;

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
pub enum Kind {
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
    One(Kind),
    /// Objects by name.
    Named(Kind),
    /// A list of objects.
    List(Kind),
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
pub fn holds(kind: Kind, key: &str) -> Option<Holds> {
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
pub fn parts(kind: Kind) -> &'static [(&'static str, Holds)] {
    fields(kind).parts
}

/// What stands under every other key of an object of a kind, if it may have
/// others.
pub fn others(kind: Kind) -> Option<Kind> {
    fields(kind).others
}

/// What an object holds.
struct Fields {
    /// Objects.
    parts: &'static [(&'static str, Holds)],
    /// Everything else, by type.
    values: &'static [(Type, &'static [&'static str])],
    /// Objects under whatever name.
    others: Option<Kind>,
}

const NOTHING: Fields = Fields {
    parts: &[],
    values: &[],
    others: None,
};

use Holds::{List, Named, One};
use Type::{Any, Array, Flag, Number, Object, Text};

const fn fields(kind: Kind) -> Fields {
    match kind {
        Kind::Document => Fields {
            parts: &[
                ("info", One(Kind::Info)),
                ("servers", List(Kind::Server)),
                ("tags", List(Kind::Tag)),
                ("security", List(Kind::SecurityRequirement)),
                ("externalDocs", One(Kind::ExternalDocs)),
                ("components", One(Kind::Components)),
                ("paths", Named(Kind::PathItem)),
            ],
            values: &[(Text, &["openapi"])],
            ..NOTHING
        },
        Kind::Info => Fields {
            parts: &[
                ("contact", One(Kind::Contact)),
                ("license", One(Kind::License)),
            ],
            values: &[(Text, &["title", "description", "termsOfService", "version"])],
            ..NOTHING
        },
        Kind::Contact => Fields {
            values: &[(Text, &["name", "url", "email"])],
            ..NOTHING
        },
        Kind::License => Fields {
            values: &[(Text, &["name", "url"])],
            ..NOTHING
        },
        Kind::Server => Fields {
            parts: &[("variables", Named(Kind::ServerVariable))],
            values: &[(Text, &["url", "description"])],
            ..NOTHING
        },
        Kind::ServerVariable => Fields {
            values: &[(Array, &["enum"]), (Text, &["default", "description"])],
            ..NOTHING
        },
        Kind::Tag => Fields {
            parts: &[("externalDocs", One(Kind::ExternalDocs))],
            values: &[(Text, &["name", "description"])],
            ..NOTHING
        },
        Kind::ExternalDocs => Fields {
            values: &[(Text, &["description", "url"])],
            ..NOTHING
        },
        Kind::PathItem => Fields {
            parts: &PATH_ITEM,
            values: &[(Text, &["summary", "description"])],
            ..NOTHING
        },
        Kind::Operation => Fields {
            parts: &[
                ("parameters", List(Kind::Parameter)),
                ("requestBody", One(Kind::RequestBody)),
                ("responses", Named(Kind::Response)),
                ("callbacks", Named(Kind::Callback)),
                ("servers", List(Kind::Server)),
                ("security", List(Kind::SecurityRequirement)),
                ("externalDocs", One(Kind::ExternalDocs)),
            ],
            values: &[
                (Array, &["tags"]),
                (Text, &["summary", "description", "operationId"]),
                (Flag, &["deprecated"]),
            ],
            ..NOTHING
        },
        Kind::Parameter => Fields {
            parts: &PARAMETER,
            values: &[
                (Text, &["name", "in", "description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
            ..NOTHING
        },
        Kind::Header => Fields {
            parts: &PARAMETER,
            values: &[
                (Text, &["description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
            ..NOTHING
        },
        Kind::RequestBody => Fields {
            parts: &[("content", Named(Kind::MediaType))],
            values: &[(Text, &["description"]), (Flag, &["required"])],
            ..NOTHING
        },
        Kind::MediaType => Fields {
            parts: &[
                ("schema", One(Kind::Schema)),
                ("encoding", Named(Kind::Encoding)),
                ("examples", Named(Kind::Example)),
            ],
            values: &[(Any, &["example"])],
            ..NOTHING
        },
        Kind::Encoding => Fields {
            parts: &[("headers", Named(Kind::Header))],
            values: &[
                (Text, &["contentType", "style"]),
                (Flag, &["explode", "allowReserved"]),
            ],
            ..NOTHING
        },
        Kind::Response => Fields {
            parts: &[
                ("headers", Named(Kind::Header)),
                ("content", Named(Kind::MediaType)),
                ("links", Named(Kind::Link)),
            ],
            values: &[(Text, &["description"])],
            ..NOTHING
        },
        Kind::Callback => Fields {
            others: Some(Kind::PathItem),
            ..NOTHING
        },
        Kind::Link => Fields {
            parts: &[("server", One(Kind::Server))],
            values: &[
                (Text, &["operationRef", "operationId", "description"]),
                (Object, &["parameters"]),
                (Any, &["requestBody"]),
            ],
            ..NOTHING
        },
        Kind::Example => Fields {
            values: &[
                (Text, &["summary", "description", "externalValue"]),
                (Any, &["value"]),
            ],
            ..NOTHING
        },
        Kind::Schema => Fields {
            parts: &[
                ("items", One(Kind::Schema)),
                ("additionalProperties", One(Kind::Schema)),
                ("not", One(Kind::Schema)),
                ("allOf", List(Kind::Schema)),
                ("anyOf", List(Kind::Schema)),
                ("oneOf", List(Kind::Schema)),
                ("properties", Named(Kind::Schema)),
                ("discriminator", One(Kind::Discriminator)),
                ("xml", One(Kind::Xml)),
                ("externalDocs", One(Kind::ExternalDocs)),
            ],
            values: &[
                (Text, &["title", "description", "type", "format", "pattern"]),
                (
                    Number,
                    &[
                        "multipleOf",
                        "maximum",
                        "minimum",
                        "maxLength",
                        "minLength",
                        "maxItems",
                        "minItems",
                        "maxProperties",
                        "minProperties",
                    ],
                ),
                (
                    Flag,
                    &[
                        "exclusiveMaximum",
                        "exclusiveMinimum",
                        "uniqueItems",
                        "nullable",
                        "readOnly",
                        "writeOnly",
                        "deprecated",
                    ],
                ),
                (Array, &["enum", "required", "x-extensible-enum"]),
                (Any, &["default", "example"]),
            ],
            ..NOTHING
        },
        Kind::Discriminator => Fields {
            values: &[(Text, &["propertyName"]), (Object, &["mapping"])],
            ..NOTHING
        },
        Kind::Xml => Fields {
            values: &[
                (Text, &["name", "namespace", "prefix"]),
                (Flag, &["attribute", "wrapped"]),
            ],
            ..NOTHING
        },
        Kind::Components => Fields {
            parts: &[
                ("schemas", Named(Kind::Schema)),
                ("parameters", Named(Kind::Parameter)),
                ("requestBodies", Named(Kind::RequestBody)),
                ("responses", Named(Kind::Response)),
                ("headers", Named(Kind::Header)),
                ("links", Named(Kind::Link)),
                ("securitySchemes", Named(Kind::SecurityScheme)),
                ("callbacks", Named(Kind::Callback)),
                ("examples", Named(Kind::Example)),
            ],
            ..NOTHING
        },
        Kind::SecurityScheme => Fields {
            parts: &[("flows", One(Kind::OAuthFlows))],
            values: &[(
                Text,
                &[
                    "type",
                    "description",
                    "name",
                    "in",
                    "scheme",
                    "bearerFormat",
                    "openIdConnectUrl",
                ],
            )],
            ..NOTHING
        },
        Kind::OAuthFlows => Fields {
            parts: &[
                ("implicit", One(Kind::OAuthFlow)),
                ("password", One(Kind::OAuthFlow)),
                ("clientCredentials", One(Kind::OAuthFlow)),
                ("authorizationCode", One(Kind::OAuthFlow)),
            ],
            ..NOTHING
        },
        Kind::OAuthFlow => Fields {
            parts: &[("scopes", Named(Kind::OAuthScope))],
            values: &[(Text, &["authorizationUrl", "tokenUrl", "refreshUrl"])],
            ..NOTHING
        },
        Kind::SecurityRequirement | Kind::OAuthScope => NOTHING,
    }
}

const PARAMETER: [(&str, Holds); 3] = [
    ("schema", One(Kind::Schema)),
    ("content", Named(Kind::MediaType)),
    ("examples", Named(Kind::Example)),
];

const PARAMETER_FLAGS: [&str; 5] = [
    "required",
    "deprecated",
    "allowEmptyValue",
    "explode",
    "allowReserved",
];

/// The methods come from their list.
const PATH_ITEM: [(&str, Holds); 10] = {
    let mut parts = [("", One(Kind::Operation)); 10];
    parts[0] = ("parameters", List(Kind::Parameter));
    parts[1] = ("servers", List(Kind::Server));
    let mut method = 0;
    while method < METHODS.len() {
        parts[method + 2].0 = METHODS[method];
        method += 1;
    }
    parts
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_an_operation_for_each_method() {
        for method in METHODS {
            assert_eq!(holds(Kind::PathItem, method), Some(One(Kind::Operation)));
        }
        assert_eq!(parts(Kind::PathItem).len(), METHODS.len() + 2);
        assert_eq!(holds(Kind::PathItem, "query"), None);
    }

    #[test]
    fn a_callback_has_a_path_under_every_name() {
        let path = "{$request.body#/url}";
        assert_eq!(holds(Kind::Callback, path), Some(One(Kind::PathItem)));
    }
}
