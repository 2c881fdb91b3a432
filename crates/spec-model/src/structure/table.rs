//! The table of the objects of OpenAPI 3.0 and of their fields.

use super::{
    Holds::{self, List, Named, One},
    JsonType::{self, Any, Array, Flag, Number, Object, Text},
    METHODS, ObjectKind,
};

/// The fields of an object.
pub(super) struct Fields {
    /// The fields that hold objects, in the order in which a walk visits them.
    pub parts: &'static [(&'static str, Holds)],
    /// The other fields, by type.
    pub values: &'static [(JsonType, &'static [&'static str])],
    /// The kind of the objects under all other keys.
    pub others: Option<ObjectKind>,
}

const NOTHING: Fields = Fields {
    parts: &[],
    values: &[],
    others: None,
};

/// Returns the fields of an object of a kind.
pub(super) const fn fields(kind: ObjectKind) -> Fields {
    match kind {
        ObjectKind::Document => Fields {
            parts: &[
                ("info", One(ObjectKind::Info)),
                ("servers", List(ObjectKind::Server)),
                ("tags", List(ObjectKind::Tag)),
                ("security", List(ObjectKind::SecurityRequirement)),
                ("externalDocs", One(ObjectKind::ExternalDocs)),
                ("components", One(ObjectKind::Components)),
                ("paths", Named(ObjectKind::PathItem)),
            ],
            values: &[(Text, &["openapi"])],
            ..NOTHING
        },
        ObjectKind::Info => Fields {
            parts: &[
                ("contact", One(ObjectKind::Contact)),
                ("license", One(ObjectKind::License)),
            ],
            values: &[(Text, &["title", "description", "termsOfService", "version"])],
            ..NOTHING
        },
        ObjectKind::Contact => Fields {
            values: &[(Text, &["name", "url", "email"])],
            ..NOTHING
        },
        ObjectKind::License => Fields {
            values: &[(Text, &["name", "url"])],
            ..NOTHING
        },
        ObjectKind::Server => Fields {
            parts: &[("variables", Named(ObjectKind::ServerVariable))],
            values: &[(Text, &["url", "description"])],
            ..NOTHING
        },
        ObjectKind::ServerVariable => Fields {
            values: &[(Array, &["enum"]), (Text, &["default", "description"])],
            ..NOTHING
        },
        ObjectKind::Tag => Fields {
            parts: &[("externalDocs", One(ObjectKind::ExternalDocs))],
            values: &[(Text, &["name", "description"])],
            ..NOTHING
        },
        ObjectKind::ExternalDocs => Fields {
            values: &[(Text, &["description", "url"])],
            ..NOTHING
        },
        ObjectKind::PathItem => Fields {
            parts: &PATH_ITEM,
            values: &[(Text, &["summary", "description"])],
            ..NOTHING
        },
        ObjectKind::Operation => Fields {
            parts: &[
                ("parameters", List(ObjectKind::Parameter)),
                ("requestBody", One(ObjectKind::RequestBody)),
                ("responses", Named(ObjectKind::Response)),
                ("callbacks", Named(ObjectKind::Callback)),
                ("servers", List(ObjectKind::Server)),
                ("security", List(ObjectKind::SecurityRequirement)),
                ("externalDocs", One(ObjectKind::ExternalDocs)),
            ],
            values: &[
                (Array, &["tags"]),
                (Text, &["summary", "description", "operationId"]),
                (Flag, &["deprecated"]),
            ],
            ..NOTHING
        },
        ObjectKind::Parameter => Fields {
            parts: &PARAMETER,
            values: &[
                (Text, &["name", "in", "description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
            ..NOTHING
        },
        ObjectKind::Header => Fields {
            parts: &PARAMETER,
            values: &[
                (Text, &["description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
            ..NOTHING
        },
        ObjectKind::RequestBody => Fields {
            parts: &[("content", Named(ObjectKind::MediaType))],
            values: &[(Text, &["description"]), (Flag, &["required"])],
            ..NOTHING
        },
        ObjectKind::MediaType => Fields {
            parts: &[
                ("schema", One(ObjectKind::Schema)),
                ("encoding", Named(ObjectKind::Encoding)),
                ("examples", Named(ObjectKind::Example)),
            ],
            values: &[(Any, &["example"])],
            ..NOTHING
        },
        ObjectKind::Encoding => Fields {
            parts: &[("headers", Named(ObjectKind::Header))],
            values: &[
                (Text, &["contentType", "style"]),
                (Flag, &["explode", "allowReserved"]),
            ],
            ..NOTHING
        },
        ObjectKind::Response => Fields {
            parts: &[
                ("headers", Named(ObjectKind::Header)),
                ("content", Named(ObjectKind::MediaType)),
                ("links", Named(ObjectKind::Link)),
            ],
            values: &[(Text, &["description"])],
            ..NOTHING
        },
        ObjectKind::Callback => Fields {
            others: Some(ObjectKind::PathItem),
            ..NOTHING
        },
        ObjectKind::Link => Fields {
            parts: &[("server", One(ObjectKind::Server))],
            values: &[
                (Text, &["operationRef", "operationId", "description"]),
                (Object, &["parameters"]),
                (Any, &["requestBody"]),
            ],
            ..NOTHING
        },
        ObjectKind::Example => Fields {
            values: &[
                (Text, &["summary", "description", "externalValue"]),
                (Any, &["value"]),
            ],
            ..NOTHING
        },
        ObjectKind::Schema => Fields {
            parts: &[
                ("items", One(ObjectKind::Schema)),
                ("additionalProperties", One(ObjectKind::Schema)),
                ("not", One(ObjectKind::Schema)),
                ("allOf", List(ObjectKind::Schema)),
                ("anyOf", List(ObjectKind::Schema)),
                ("oneOf", List(ObjectKind::Schema)),
                ("properties", Named(ObjectKind::Schema)),
                ("discriminator", One(ObjectKind::Discriminator)),
                ("xml", One(ObjectKind::Xml)),
                ("externalDocs", One(ObjectKind::ExternalDocs)),
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
        ObjectKind::Discriminator => Fields {
            values: &[(Text, &["propertyName"]), (Object, &["mapping"])],
            ..NOTHING
        },
        ObjectKind::Xml => Fields {
            values: &[
                (Text, &["name", "namespace", "prefix"]),
                (Flag, &["attribute", "wrapped"]),
            ],
            ..NOTHING
        },
        ObjectKind::Components => Fields {
            parts: &[
                ("schemas", Named(ObjectKind::Schema)),
                ("parameters", Named(ObjectKind::Parameter)),
                ("requestBodies", Named(ObjectKind::RequestBody)),
                ("responses", Named(ObjectKind::Response)),
                ("headers", Named(ObjectKind::Header)),
                ("links", Named(ObjectKind::Link)),
                ("securitySchemes", Named(ObjectKind::SecurityScheme)),
                ("callbacks", Named(ObjectKind::Callback)),
                ("examples", Named(ObjectKind::Example)),
            ],
            ..NOTHING
        },
        ObjectKind::SecurityScheme => Fields {
            parts: &[("flows", One(ObjectKind::OAuthFlows))],
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
        ObjectKind::OAuthFlows => Fields {
            parts: &[
                ("implicit", One(ObjectKind::OAuthFlow)),
                ("password", One(ObjectKind::OAuthFlow)),
                ("clientCredentials", One(ObjectKind::OAuthFlow)),
                ("authorizationCode", One(ObjectKind::OAuthFlow)),
            ],
            ..NOTHING
        },
        ObjectKind::OAuthFlow => Fields {
            parts: &[("scopes", Named(ObjectKind::OAuthScope))],
            values: &[(Text, &["authorizationUrl", "tokenUrl", "refreshUrl"])],
            ..NOTHING
        },
        ObjectKind::SecurityRequirement | ObjectKind::OAuthScope => NOTHING,
    }
}

const PARAMETER: [(&str, Holds); 3] = [
    ("schema", One(ObjectKind::Schema)),
    ("content", Named(ObjectKind::MediaType)),
    ("examples", Named(ObjectKind::Example)),
];

const PARAMETER_FLAGS: [&str; 5] = [
    "required",
    "deprecated",
    "allowEmptyValue",
    "explode",
    "allowReserved",
];

/// The fields of a path item, with the methods from [`METHODS`].
const PATH_ITEM: [(&str, Holds); 10] = {
    let mut parts = [("", One(ObjectKind::Operation)); 10];
    parts[0] = ("parameters", List(ObjectKind::Parameter));
    parts[1] = ("servers", List(ObjectKind::Server));
    let mut method = 0;
    while method < METHODS.len() {
        parts[method + 2].0 = METHODS[method];
        method += 1;
    }
    parts
};
