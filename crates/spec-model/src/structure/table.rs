//! The table.

use super::{
    Holds::{self, List, Named, One},
    Kind, METHODS,
    Type::{self, Any, Array, Flag, Number, Object, Text},
};

/// What an object holds.
pub(super) struct Fields {
    /// Objects, in the order in which they are walked through.
    pub parts: &'static [(&'static str, Holds)],
    /// Everything else, by type.
    pub values: &'static [(Type, &'static [&'static str])],
    /// Objects under whatever name.
    pub others: Option<Kind>,
}

const NOTHING: Fields = Fields {
    parts: &[],
    values: &[],
    others: None,
};

/// What an object of a kind holds.
pub(super) const fn fields(kind: Kind) -> Fields {
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
