//! Finds the malformed value in a document that can't be read as OpenAPI 3.0.

use openapiv3::{
    Callback, Components, Contact, Encoding, ExternalDocumentation, Header, Info, License, Link,
    MediaType, OAuth2Flows, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, SecurityRequirement, SecurityScheme, Server, ServerVariable, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use spec_model::{
    structure::{Holds, ObjectKind, parts},
    walk::walk,
};

/// Returns the JSON pointer of the innermost value that can't be read, and the error.
pub fn malformed(document: &Value) -> Option<(String, String)> {
    let mut found: Option<(String, String)> = None;
    walk(document, &mut |position, value| {
        let pointer = position.pointer;
        let is_extension = position.name.is_some_and(|name| name.starts_with("x-"));
        let is_permission = position.field == "additionalProperties" && value.is_boolean();
        // After the first error, only values inside the malformed value matter.
        let is_outside = found.as_ref().is_some_and(|(outer, _)| {
            let inner = pointer.strip_prefix(outer.as_str());
            !inner.is_some_and(|inner| inner.starts_with('/'))
        });
        if is_outside || is_extension || is_permission {
            return false;
        }
        let Some(fault) = fault(position.kind, value) else {
            return false;
        };
        // If a part should be a list or map and isn't one, the walk doesn't visit it. So such
        // parts are checked here.
        let wrong = parts(position.kind).iter().find(|(field, holds)| {
            let part = value.get(field);
            part.is_some_and(|part| match holds {
                Holds::List(_) => !part.is_array(),
                Holds::Named(_) => !part.is_object(),
                Holds::One(_) | Holds::Value(_) => false,
            })
        });
        let place = match wrong {
            Some((field, _)) => format!("{pointer}/{field}"),
            None => pointer.to_owned(),
        };
        found = Some((place, fault));
        wrong.is_none()
    });
    found
}

/// Returns the error of reading a value as an object of this kind.
fn fault(kind: ObjectKind, value: &Value) -> Option<String> {
    let read = match kind {
        ObjectKind::Document => unreadable::<OpenAPI>,
        ObjectKind::Info => unreadable::<Info>,
        ObjectKind::Contact => unreadable::<Contact>,
        ObjectKind::License => unreadable::<License>,
        ObjectKind::Server => unreadable::<Server>,
        ObjectKind::ServerVariable => unreadable::<ServerVariable>,
        ObjectKind::Tag => unreadable::<Tag>,
        ObjectKind::ExternalDocs => unreadable::<ExternalDocumentation>,
        ObjectKind::SecurityRequirement => unreadable::<SecurityRequirement>,
        ObjectKind::PathItem => unreadable::<ReferenceOr<PathItem>>,
        ObjectKind::Operation => unreadable::<Operation>,
        ObjectKind::Parameter => unreadable::<ReferenceOr<Parameter>>,
        ObjectKind::Header => unreadable::<ReferenceOr<Header>>,
        ObjectKind::RequestBody => unreadable::<ReferenceOr<RequestBody>>,
        ObjectKind::MediaType => unreadable::<MediaType>,
        ObjectKind::Encoding => unreadable::<Encoding>,
        ObjectKind::Response => unreadable::<ReferenceOr<Response>>,
        ObjectKind::Callback => unreadable::<Callback>,
        ObjectKind::Link => unreadable::<ReferenceOr<Link>>,
        ObjectKind::Schema => unreadable::<ReferenceOr<Schema>>,
        ObjectKind::Components => unreadable::<Components>,
        ObjectKind::SecurityScheme => unreadable::<ReferenceOr<SecurityScheme>>,
        ObjectKind::OAuthFlows => unreadable::<OAuth2Flows>,
        // The error of the object around such a value is clear enough.
        ObjectKind::Example
        | ObjectKind::Discriminator
        | ObjectKind::Xml
        | ObjectKind::OAuthFlow
        | ObjectKind::OAuthScope => {
            return None;
        }
    };
    read(value)
}

fn unreadable<T: DeserializeOwned>(value: &Value) -> Option<String> {
    T::deserialize(value).err().map(|error| error.to_string())
}

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
            assert_eq!(malformed(&document), None);
            *document.pointer_mut(pointer).unwrap() = value;
            malformed(&document).unwrap()
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
