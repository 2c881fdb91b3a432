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

/// The fields of an object that has no others.
const fn object(
    parts: &'static [(&'static str, Holds)],
    values: &'static [(JsonType, &'static [&'static str])],
) -> Fields {
    Fields {
        parts,
        values,
        others: None,
    }
}

/// Returns the fields of an object of a kind.
pub(super) const fn fields(kind: ObjectKind) -> Fields {
    match kind {
        ObjectKind::Document => object(
            &[
                ("info", One(ObjectKind::Info)),
                ("servers", List(ObjectKind::Server)),
                ("tags", List(ObjectKind::Tag)),
                ("security", List(ObjectKind::SecurityRequirement)),
                ("externalDocs", One(ObjectKind::ExternalDocs)),
                ("components", One(ObjectKind::Components)),
                ("paths", Named(ObjectKind::PathItem)),
            ],
            &[(Text, &["openapi"])],
        ),
        ObjectKind::Info => object(
            &[
                ("contact", One(ObjectKind::Contact)),
                ("license", One(ObjectKind::License)),
            ],
            &[(Text, &["title", "description", "termsOfService", "version"])],
        ),
        ObjectKind::Contact => object(&[], &[(Text, &["name", "url", "email"])]),
        ObjectKind::License => object(&[], &[(Text, &["name", "url"])]),
        ObjectKind::Server => object(
            &[("variables", Named(ObjectKind::ServerVariable))],
            &[(Text, &["url", "description"])],
        ),
        ObjectKind::ServerVariable => object(
            &[],
            &[(Array, &["enum"]), (Text, &["default", "description"])],
        ),
        ObjectKind::Tag => object(
            &[("externalDocs", One(ObjectKind::ExternalDocs))],
            &[(Text, &["name", "description"])],
        ),
        ObjectKind::ExternalDocs => object(&[], &[(Text, &["description", "url"])]),
        ObjectKind::PathItem => object(&PATH_ITEM, &[(Text, &["summary", "description"])]),
        ObjectKind::Operation => object(
            &[
                ("parameters", List(ObjectKind::Parameter)),
                ("requestBody", One(ObjectKind::RequestBody)),
                ("responses", Named(ObjectKind::Response)),
                ("callbacks", Named(ObjectKind::Callback)),
                ("servers", List(ObjectKind::Server)),
                ("security", List(ObjectKind::SecurityRequirement)),
                ("externalDocs", One(ObjectKind::ExternalDocs)),
            ],
            &[
                (Array, &["tags"]),
                (Text, &["summary", "description", "operationId"]),
                (Flag, &["deprecated"]),
            ],
        ),
        ObjectKind::Parameter => object(
            &PARAMETER,
            &[
                (Text, &["name", "in", "description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
        ),
        ObjectKind::Header => object(
            &PARAMETER,
            &[
                (Text, &["description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
        ),
        ObjectKind::RequestBody => object(
            &[("content", Named(ObjectKind::MediaType))],
            &[(Text, &["description"]), (Flag, &["required"])],
        ),
        ObjectKind::MediaType => object(
            &[
                ("schema", One(ObjectKind::Schema)),
                ("encoding", Named(ObjectKind::Encoding)),
                ("examples", Named(ObjectKind::Example)),
            ],
            &[(Any, &["example"])],
        ),
        ObjectKind::Encoding => object(
            &[("headers", Named(ObjectKind::Header))],
            &[
                (Text, &["contentType", "style"]),
                (Flag, &["explode", "allowReserved"]),
            ],
        ),
        ObjectKind::Response => object(
            &[
                ("headers", Named(ObjectKind::Header)),
                ("content", Named(ObjectKind::MediaType)),
                ("links", Named(ObjectKind::Link)),
            ],
            &[(Text, &["description"])],
        ),
        ObjectKind::Callback => Fields {
            others: Some(ObjectKind::PathItem),
            ..object(&[], &[])
        },
        ObjectKind::Link => object(
            &[("server", One(ObjectKind::Server))],
            &[
                (Text, &["operationRef", "operationId", "description"]),
                (Object, &["parameters"]),
                (Any, &["requestBody"]),
            ],
        ),
        ObjectKind::Example => object(
            &[],
            &[
                (Text, &["summary", "description", "externalValue"]),
                (Any, &["value"]),
            ],
        ),
        ObjectKind::Schema => object(
            &[
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
            &[
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
        ),
        ObjectKind::Discriminator => {
            object(&[], &[(Text, &["propertyName"]), (Object, &["mapping"])])
        }
        ObjectKind::Xml => object(
            &[],
            &[
                (Text, &["name", "namespace", "prefix"]),
                (Flag, &["attribute", "wrapped"]),
            ],
        ),
        ObjectKind::Components => object(
            &[
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
            &[],
        ),
        ObjectKind::SecurityScheme => object(
            &[("flows", One(ObjectKind::OAuthFlows))],
            &[(
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
        ),
        ObjectKind::OAuthFlows => object(
            &[
                ("implicit", One(ObjectKind::OAuthFlow)),
                ("password", One(ObjectKind::OAuthFlow)),
                ("clientCredentials", One(ObjectKind::OAuthFlow)),
                ("authorizationCode", One(ObjectKind::OAuthFlow)),
            ],
            &[],
        ),
        ObjectKind::OAuthFlow => object(
            &[("scopes", Named(ObjectKind::OAuthScope))],
            &[(Text, &["authorizationUrl", "tokenUrl", "refreshUrl"])],
        ),
        ObjectKind::SecurityRequirement | ObjectKind::OAuthScope => object(&[], &[]),
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
