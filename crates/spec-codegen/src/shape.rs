//! Finds what in a document has another shape than OpenAPI 3.0 gives it.

use openapiv3::{
    Callback, Components, Contact, Encoding, ExternalDocumentation, Header, Info, License, Link,
    MediaType, OAuth2Flows, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, SecurityRequirement, SecurityScheme, Server, ServerVariable, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use spec_model::escape;

/// The innermost value that can't be read: its JSON pointer, and why not.
pub fn misshapen(document: &Value) -> Option<(String, String)> {
    DOCUMENT.misshapen(document, "")
}

/// What may stand somewhere.
struct Kind {
    /// Says why a value can't be read as this.
    fault: fn(&Value) -> Option<String>,
    parts: &'static [(&'static str, Part, &'static Kind)],
}

/// How a part stands in the whole.
enum Part {
    One,
    Each,
}

impl Kind {
    fn misshapen(&self, value: &Value, pointer: &str) -> Option<(String, String)> {
        let fault = (self.fault)(value)?;
        let inner = self.parts.iter().find_map(|(name, part, kind)| {
            let pointer = format!("{pointer}/{name}");
            let inner = value.get(name)?;
            match (part, inner) {
                (Part::One, inner) => kind.misshapen(inner, &pointer),
                (Part::Each, Value::Array(items)) => {
                    let mut items = items.iter().enumerate();
                    items.find_map(|(index, item)| {
                        kind.misshapen(item, &format!("{pointer}/{index}"))
                    })
                }
                (Part::Each, Value::Object(members)) => members
                    .iter()
                    .filter(|(name, _)| !name.starts_with("x-"))
                    .find_map(|(name, member)| {
                        kind.misshapen(member, &format!("{pointer}/{}", escape(name)))
                    }),
                (Part::Each, _) => Some((pointer, fault.clone())),
            }
        });
        inner.or_else(|| Some((pointer.to_owned(), fault)))
    }
}

fn fault<T: DeserializeOwned>(value: &Value) -> Option<String> {
    T::deserialize(value).err().map(|error| error.to_string())
}

const fn kind<T: DeserializeOwned>(parts: &'static [(&'static str, Part, &'static Kind)]) -> Kind {
    Kind {
        fault: fault::<T>,
        parts,
    }
}

use Part::{Each, One};

static DOCUMENT: Kind = kind::<OpenAPI>(&[
    ("info", One, &INFO),
    ("servers", Each, &SERVER),
    ("tags", Each, &TAG),
    ("security", Each, &SECURITY),
    ("externalDocs", One, &DOCS),
    ("paths", Each, &PATH),
    ("components", One, &COMPONENTS),
]);
static INFO: Kind = kind::<Info>(&[("contact", One, &CONTACT), ("license", One, &LICENSE)]);
static CONTACT: Kind = kind::<Contact>(&[]);
static LICENSE: Kind = kind::<License>(&[]);
static SERVER: Kind = kind::<Server>(&[("variables", Each, &VARIABLE)]);
static VARIABLE: Kind = kind::<ServerVariable>(&[]);
static TAG: Kind = kind::<Tag>(&[("externalDocs", One, &DOCS)]);
static SECURITY: Kind = kind::<SecurityRequirement>(&[]);
static DOCS: Kind = kind::<ExternalDocumentation>(&[]);
static COMPONENTS: Kind = kind::<Components>(&[
    ("schemas", Each, &SCHEMA),
    ("parameters", Each, &PARAMETER),
    ("requestBodies", Each, &BODY),
    ("responses", Each, &RESPONSE),
    ("headers", Each, &HEADER),
    ("links", Each, &LINK),
    ("securitySchemes", Each, &SCHEME),
    ("callbacks", Each, &CALLBACK),
]);
static PATH: Kind = kind::<ReferenceOr<PathItem>>(&[
    ("parameters", Each, &PARAMETER),
    ("servers", Each, &SERVER),
    ("get", One, &OPERATION),
    ("put", One, &OPERATION),
    ("post", One, &OPERATION),
    ("delete", One, &OPERATION),
    ("options", One, &OPERATION),
    ("head", One, &OPERATION),
    ("patch", One, &OPERATION),
    ("trace", One, &OPERATION),
]);
static OPERATION: Kind = kind::<Operation>(&[
    ("parameters", Each, &PARAMETER),
    ("requestBody", One, &BODY),
    ("responses", Each, &RESPONSE),
    ("callbacks", Each, &CALLBACK),
    ("servers", Each, &SERVER),
    ("security", Each, &SECURITY),
    ("externalDocs", One, &DOCS),
]);
static PARAMETER: Kind =
    kind::<ReferenceOr<Parameter>>(&[("schema", One, &SCHEMA), ("content", Each, &MEDIA)]);
static BODY: Kind = kind::<ReferenceOr<RequestBody>>(&[("content", Each, &MEDIA)]);
static RESPONSE: Kind = kind::<ReferenceOr<Response>>(&[
    ("headers", Each, &HEADER),
    ("content", Each, &MEDIA),
    ("links", Each, &LINK),
]);
static HEADER: Kind =
    kind::<ReferenceOr<Header>>(&[("schema", One, &SCHEMA), ("content", Each, &MEDIA)]);
static MEDIA: Kind = kind::<MediaType>(&[("schema", One, &SCHEMA), ("encoding", Each, &ENCODING)]);
static ENCODING: Kind = kind::<Encoding>(&[("headers", Each, &HEADER)]);
static LINK: Kind = kind::<ReferenceOr<Link>>(&[]);
static CALLBACK: Kind = kind::<Callback>(&[]);
static SCHEME: Kind = kind::<ReferenceOr<SecurityScheme>>(&[("flows", One, &FLOWS)]);
static FLOWS: Kind = kind::<OAuth2Flows>(&[]);
static SCHEMA: Kind = kind::<ReferenceOr<Schema>>(&[
    ("properties", Each, &SCHEMA),
    ("items", One, &SCHEMA),
    ("additionalProperties", One, &REST),
    ("not", One, &SCHEMA),
    ("allOf", Each, &SCHEMA),
    ("anyOf", Each, &SCHEMA),
    ("oneOf", Each, &SCHEMA),
]);
/// What `additionalProperties` may be: a schema, or yes or no.
static REST: Kind = Kind {
    fault: |value| match value {
        Value::Bool(_) => None,
        value => fault::<ReferenceOr<Schema>>(value),
    },
    parts: &[("properties", Each, &SCHEMA), ("items", One, &SCHEMA)],
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_innermost_fault_is_named() {
        let fault = |pointer: &str, value: Value| {
            let mut document = json!({
                "openapi": "3.0.3", "info": {"title": "", "version": "1", "contact": {}},
                "tags": [{"name": "a"}], "security": [{"a": []}],
                "paths": {"/a": {
                    "parameters": [{"name": "a", "in": "query", "schema": {}}],
                    "get": {"responses": {"200": {"description": "", "content": {
                        "application/json": {"schema": {"properties": {"a/b": {"items": {}}}}},
                    }}}},
                }},
                "components": {"schemas": {"A": {"additionalProperties": {}}}},
            });
            assert_eq!(misshapen(&document), None);
            *document.pointer_mut(pointer).unwrap() = value;
            misshapen(&document).unwrap()
        };
        let media = "/paths/~1a/get/responses/200/content/application~1json";
        for pointer in [
            "/info/contact",
            "/tags",
            "/tags/0",
            "/security",
            "/security/0/a",
            "/paths/~1a",
            "/paths/~1a/parameters/0/schema",
            &format!("{media}/schema/properties/a~1b/items"),
            "/components/schemas/A/additionalProperties",
        ] {
            let (found, message) = fault(pointer, json!("text"));
            assert_eq!(found, pointer.trim_end_matches("/a"), "{message}");
        }
        let (found, message) = fault("/tags/0", json!({"title": "a"}));
        assert_eq!(
            (found.as_str(), message.as_str()),
            ("/tags/0", "missing field `name`")
        );
    }
}
