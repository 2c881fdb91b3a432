//! What OpenAPI 3.0 puts where, and which of it is for readers.

use serde_json::Value;

use crate::rules::{self, Rule};

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Document,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Callback,
    Schema,
    Components,
    SecurityScheme,
    OAuthFlow,
    OAuthScope,
    Example,
    Link,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Something for readers.
    Text(&'static Rule),
    /// A value the comparison judges.
    Value(Type),
    /// An object.
    One(Kind),
    /// Objects by name.
    Named(Kind),
    /// A list of objects.
    List(Kind),
    /// Nothing that isn't judged elsewhere in any case.
    Judged,
    /// Something OpenAPI 3.0 doesn't know.
    Unknown,
}

/// The JSON type a value has to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What stands under a key of an object of a kind.
pub fn holds(kind: Kind, key: &str) -> Holds {
    if key.starts_with("x-") && !(kind == Kind::Schema && key == "x-extensible-enum") {
        return Holds::Text(&rules::EXTENSION_CHANGED);
    }
    match kind {
        Kind::Document => document(key),
        Kind::Server | Kind::ServerVariable => server(kind, key),
        Kind::PathItem | Kind::Operation => operation(kind, key),
        Kind::Parameter => parameter(key),
        Kind::RequestBody | Kind::MediaType | Kind::Encoding | Kind::Response => message(kind, key),
        Kind::Callback => Holds::One(Kind::PathItem),
        Kind::Schema => schema(key),
        Kind::Components => components(key),
        Kind::SecurityScheme | Kind::OAuthFlow | Kind::OAuthScope => security(kind, key),
        Kind::Example => Holds::Text(&rules::EXAMPLE_CHANGED),
        Kind::Link => Holds::Text(&rules::LINK_CHANGED),
    }
}

fn document(key: &str) -> Holds {
    match key {
        "info" => Holds::Text(&rules::INFO_CHANGED),
        "tags" => Holds::Text(&rules::TAG_DEFINITIONS_CHANGED),
        "externalDocs" => Holds::Text(&rules::EXTERNAL_DOCS_CHANGED),
        "openapi" => Holds::Text(&rules::OPENAPI_VERSION_CHANGED),
        "servers" => Holds::List(Kind::Server),
        "paths" => Holds::Named(Kind::PathItem),
        "components" => Holds::One(Kind::Components),
        "security" => Holds::Value(Type::Array),
        _ => Holds::Unknown,
    }
}

fn server(kind: Kind, key: &str) -> Holds {
    match (kind, key) {
        (_, "description") => Holds::Text(&rules::DESCRIPTION_CHANGED),
        (Kind::Server, "url") | (_, "default") => Holds::Value(Type::Text),
        (Kind::Server, "variables") => Holds::Named(Kind::ServerVariable),
        (Kind::ServerVariable, "enum") => Holds::Value(Type::Array),
        _ => Holds::Unknown,
    }
}

fn operation(kind: Kind, key: &str) -> Holds {
    match (kind, key) {
        (_, "summary") => Holds::Text(&rules::SUMMARY_CHANGED),
        (_, "description") => Holds::Text(&rules::DESCRIPTION_CHANGED),
        (_, "parameters") => Holds::List(Kind::Parameter),
        (_, "servers") => Holds::List(Kind::Server),
        (
            Kind::PathItem,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace",
        ) => Holds::One(Kind::Operation),
        (Kind::Operation, "externalDocs") => Holds::Text(&rules::EXTERNAL_DOCS_CHANGED),
        (Kind::Operation, "tags" | "security") => Holds::Value(Type::Array),
        (Kind::Operation, "operationId") => Holds::Value(Type::Text),
        (Kind::Operation, "deprecated") => Holds::Value(Type::Flag),
        (Kind::Operation, "requestBody") => Holds::One(Kind::RequestBody),
        (Kind::Operation, "responses") => Holds::Named(Kind::Response),
        (Kind::Operation, "callbacks") => Holds::Named(Kind::Callback),
        _ => Holds::Unknown,
    }
}

/// Parameters, and headers, which have no name or place of their own.
fn parameter(key: &str) -> Holds {
    match key {
        "name" | "in" => Holds::Judged,
        "description" => Holds::Text(&rules::DESCRIPTION_CHANGED),
        "example" | "examples" => Holds::Text(&rules::EXAMPLE_CHANGED),
        "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" => {
            Holds::Value(Type::Flag)
        }
        "style" => Holds::Value(Type::Text),
        "schema" => Holds::One(Kind::Schema),
        "content" => Holds::Named(Kind::MediaType),
        _ => Holds::Unknown,
    }
}

fn message(kind: Kind, key: &str) -> Holds {
    match (kind, key) {
        (Kind::RequestBody | Kind::Response, "description") => {
            Holds::Text(&rules::DESCRIPTION_CHANGED)
        }
        (Kind::RequestBody | Kind::Response, "content") => Holds::Named(Kind::MediaType),
        (Kind::RequestBody, "required") => Holds::Value(Type::Flag),
        (Kind::MediaType, "schema") => Holds::One(Kind::Schema),
        (Kind::MediaType, "example" | "examples") => Holds::Text(&rules::EXAMPLE_CHANGED),
        (Kind::MediaType, "encoding") => Holds::Named(Kind::Encoding),
        (Kind::Encoding, "contentType" | "style") => Holds::Value(Type::Text),
        (Kind::Encoding, "explode" | "allowReserved") => Holds::Value(Type::Flag),
        (Kind::Encoding | Kind::Response, "headers") => Holds::Named(Kind::Parameter),
        (Kind::Response, "links") => Holds::Text(&rules::LINK_CHANGED),
        _ => Holds::Unknown,
    }
}

fn schema(key: &str) -> Holds {
    match key {
        "title" => Holds::Text(&rules::TITLE_CHANGED),
        "description" => Holds::Text(&rules::DESCRIPTION_CHANGED),
        "example" => Holds::Text(&rules::EXAMPLE_CHANGED),
        "externalDocs" => Holds::Text(&rules::EXTERNAL_DOCS_CHANGED),
        "multipleOf" | "maximum" | "minimum" | "maxLength" | "minLength" | "maxItems"
        | "minItems" | "maxProperties" | "minProperties" => Holds::Value(Type::Number),
        "exclusiveMaximum" | "exclusiveMinimum" | "uniqueItems" | "nullable" | "readOnly"
        | "writeOnly" | "deprecated" => Holds::Value(Type::Flag),
        "type" | "format" | "pattern" => Holds::Value(Type::Text),
        "enum" | "required" | "x-extensible-enum" => Holds::Value(Type::Array),
        "discriminator" | "xml" => Holds::Value(Type::Object),
        "default" => Holds::Value(Type::Any),
        "allOf" | "oneOf" | "anyOf" => Holds::List(Kind::Schema),
        "not" | "items" | "additionalProperties" => Holds::One(Kind::Schema),
        "properties" => Holds::Named(Kind::Schema),
        _ => Holds::Unknown,
    }
}

fn components(key: &str) -> Holds {
    match key {
        "schemas" => Holds::Named(Kind::Schema),
        "responses" => Holds::Named(Kind::Response),
        "parameters" | "headers" => Holds::Named(Kind::Parameter),
        "requestBodies" => Holds::Named(Kind::RequestBody),
        "securitySchemes" => Holds::Named(Kind::SecurityScheme),
        "callbacks" => Holds::Named(Kind::Callback),
        "examples" => Holds::Named(Kind::Example),
        "links" => Holds::Named(Kind::Link),
        _ => Holds::Unknown,
    }
}

fn security(kind: Kind, key: &str) -> Holds {
    match (kind, key) {
        (Kind::OAuthScope, _) | (_, "description") => Holds::Text(&rules::DESCRIPTION_CHANGED),
        (Kind::SecurityScheme, "bearerFormat") => Holds::Text(&rules::BEARER_FORMAT_CHANGED),
        (Kind::SecurityScheme, "flows") => Holds::Named(Kind::OAuthFlow),
        (Kind::OAuthFlow, "scopes") => Holds::Named(Kind::OAuthScope),
        (Kind::SecurityScheme, "type" | "name" | "in" | "scheme" | "openIdConnectUrl")
        | (Kind::OAuthFlow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => {
            Holds::Value(Type::Text)
        }
        _ => Holds::Unknown,
    }
}
