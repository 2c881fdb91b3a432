//! The table of the objects of OpenAPI 3.0 and of their fields.

use super::{
    Holds::{self, List, Named, One},
    JsonType::{self, Any, Array, Flag, Number, Object, Text},
    METHODS,
    ObjectKind::{self, *},
};

/// The fields of an object.
pub(super) struct Fields {
    /// The fields that contain objects, in the order in which a walk visits them.
    pub parts: &'static [(&'static str, Holds)],
    /// The other fields, by type.
    pub values: &'static [(JsonType, &'static [&'static str])],
    /// The kind of the objects under any other key.
    pub others: Option<ObjectKind>,
}

/// Returns the fields of an object without other keys.
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

/// Returns the fields of objects of a kind.
pub(super) const fn fields(kind: ObjectKind) -> Fields {
    match kind {
        Document => object(
            &[
                ("info", One(Info)),
                ("servers", List(Server)),
                ("tags", List(Tag)),
                ("security", List(SecurityRequirement)),
                ("externalDocs", One(ExternalDocs)),
                ("components", One(Components)),
                ("paths", Named(PathItem)),
            ],
            &[(Text, &["openapi"])],
        ),
        Info => object(
            &[("contact", One(Contact)), ("license", One(License))],
            &[(Text, &["title", "description", "termsOfService", "version"])],
        ),
        Contact => object(&[], &[(Text, &["name", "url", "email"])]),
        License => object(&[], &[(Text, &["name", "url"])]),
        Server => object(
            &[("variables", Named(ServerVariable))],
            &[(Text, &["url", "description"])],
        ),
        ServerVariable => object(
            &[],
            &[(Array, &["enum"]), (Text, &["default", "description"])],
        ),
        Tag => object(
            &[("externalDocs", One(ExternalDocs))],
            &[(Text, &["name", "description"])],
        ),
        ExternalDocs => object(&[], &[(Text, &["description", "url"])]),
        PathItem => object(&PATH_ITEM, &[(Text, &["summary", "description"])]),
        Operation => object(
            &[
                ("parameters", List(Parameter)),
                ("requestBody", One(RequestBody)),
                ("responses", Named(Response)),
                ("callbacks", Named(Callback)),
                ("servers", List(Server)),
                ("security", List(SecurityRequirement)),
                ("externalDocs", One(ExternalDocs)),
            ],
            &[
                (Array, &["tags"]),
                (Text, &["summary", "description", "operationId"]),
                (Flag, &["deprecated"]),
            ],
        ),
        Parameter => object(
            &PARAMETER,
            &[
                (Text, &["name", "in", "description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
        ),
        Header => object(
            &PARAMETER,
            &[
                (Text, &["description", "style"]),
                (Flag, &PARAMETER_FLAGS),
                (Any, &["example"]),
            ],
        ),
        RequestBody => object(
            &[("content", Named(MediaType))],
            &[(Text, &["description"]), (Flag, &["required"])],
        ),
        MediaType => object(
            &[
                ("schema", One(Schema)),
                ("encoding", Named(Encoding)),
                ("examples", Named(Example)),
            ],
            &[(Any, &["example"])],
        ),
        Encoding => object(
            &[("headers", Named(Header))],
            &[
                (Text, &["contentType", "style"]),
                (Flag, &["explode", "allowReserved"]),
            ],
        ),
        Response => object(
            &[
                ("headers", Named(Header)),
                ("content", Named(MediaType)),
                ("links", Named(Link)),
            ],
            &[(Text, &["description"])],
        ),
        Callback => Fields {
            others: Some(PathItem),
            ..object(&[], &[])
        },
        Link => object(
            &[("server", One(Server))],
            &[
                (Text, &["operationRef", "operationId", "description"]),
                (Object, &["parameters"]),
                (Any, &["requestBody"]),
            ],
        ),
        Example => object(
            &[],
            &[
                (Text, &["summary", "description", "externalValue"]),
                (Any, &["value"]),
            ],
        ),
        Schema => object(
            &[
                ("items", One(Schema)),
                ("additionalProperties", One(Schema)),
                ("not", One(Schema)),
                ("allOf", List(Schema)),
                ("anyOf", List(Schema)),
                ("oneOf", List(Schema)),
                ("properties", Named(Schema)),
                ("discriminator", One(Discriminator)),
                ("xml", One(Xml)),
                ("externalDocs", One(ExternalDocs)),
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
        Discriminator => object(&[], &[(Text, &["propertyName"]), (Object, &["mapping"])]),
        Xml => object(
            &[],
            &[
                (Text, &["name", "namespace", "prefix"]),
                (Flag, &["attribute", "wrapped"]),
            ],
        ),
        Components => object(
            &[
                ("schemas", Named(Schema)),
                ("parameters", Named(Parameter)),
                ("requestBodies", Named(RequestBody)),
                ("responses", Named(Response)),
                ("headers", Named(Header)),
                ("links", Named(Link)),
                ("securitySchemes", Named(SecurityScheme)),
                ("callbacks", Named(Callback)),
                ("examples", Named(Example)),
            ],
            &[],
        ),
        SecurityScheme => object(
            &[("flows", One(OAuthFlows))],
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
        OAuthFlows => object(
            &[
                ("implicit", One(OAuthFlow)),
                ("password", One(OAuthFlow)),
                ("clientCredentials", One(OAuthFlow)),
                ("authorizationCode", One(OAuthFlow)),
            ],
            &[],
        ),
        OAuthFlow => object(
            &[("scopes", Named(OAuthScope))],
            &[(Text, &["authorizationUrl", "tokenUrl", "refreshUrl"])],
        ),
        SecurityRequirement | OAuthScope => object(&[], &[]),
    }
}

const PARAMETER: [(&str, Holds); 3] = [
    ("schema", One(Schema)),
    ("content", Named(MediaType)),
    ("examples", Named(Example)),
];

const PARAMETER_FLAGS: [&str; 5] = [
    "required",
    "deprecated",
    "allowEmptyValue",
    "explode",
    "allowReserved",
];

/// The fields of a path item that contain objects. [`METHODS`] are among them.
const PATH_ITEM: [(&str, Holds); 10] = {
    let mut parts = [("", One(Operation)); 10];
    parts[0] = ("parameters", List(Parameter));
    parts[1] = ("servers", List(Server));
    let mut method = 0;
    while method < METHODS.len() {
        parts[method + 2].0 = METHODS[method];
        method += 1;
    }
    parts
};
