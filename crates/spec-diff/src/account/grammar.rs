//! Which of what OpenAPI 3.0 puts where is for readers, and how the rest is
//! compared.

use spec_model::structure::{self, Kind, Type};

use crate::rules::{self, Rule};

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

/// What stands under a key of an object of a kind.
pub fn holds(kind: Kind, key: &str) -> Holds {
    if key.starts_with("x-") && !(kind == Kind::Schema && key == "x-extensible-enum") {
        return Holds::Text(&rules::EXTENSION_CHANGED);
    }
    if let Some(rule) = for_readers(kind, key) {
        return Holds::Text(rule);
    }
    match (kind, key) {
        // Parameters are paired by them. Headers have neither.
        (Kind::Parameter | Kind::Header, "name" | "in") => Holds::Judged,
        _ => compared(kind, key),
    }
}

fn compared(kind: Kind, key: &str) -> Holds {
    use structure::Holds as Held;

    match structure::holds(kind, key) {
        // These are compared as a whole.
        Some(Held::One(Kind::Discriminator | Kind::Xml)) => Holds::Value(Type::Object),
        Some(Held::List(Kind::SecurityRequirement)) => Holds::Value(Type::Array),
        // A flow that came or went is one of several by name.
        Some(Held::One(Kind::OAuthFlows)) => Holds::Named(Kind::OAuthFlow),
        Some(Held::Value(kind)) => Holds::Value(kind),
        Some(Held::One(kind)) => Holds::One(kind),
        Some(Held::Named(kind)) => Holds::Named(kind),
        Some(Held::List(kind)) => Holds::List(kind),
        None => Holds::Unknown,
    }
}

/// The rule for a key that no message depends on.
fn for_readers(kind: Kind, key: &str) -> Option<&'static Rule> {
    let rule = match (kind, key) {
        (Kind::Document, "info") => &rules::INFO_CHANGED,
        (Kind::Document, "tags") => &rules::TAG_DEFINITIONS_CHANGED,
        (Kind::Document, "openapi") => &rules::OPENAPI_VERSION_CHANGED,
        (Kind::Document | Kind::Operation | Kind::Schema, "externalDocs") => {
            &rules::EXTERNAL_DOCS_CHANGED
        }
        (Kind::Schema, "title") => &rules::TITLE_CHANGED,
        (Kind::PathItem | Kind::Operation, "summary") => &rules::SUMMARY_CHANGED,
        (Kind::Response, "links") | (Kind::Link, _) => &rules::LINK_CHANGED,
        (Kind::SecurityScheme, "bearerFormat") => &rules::BEARER_FORMAT_CHANGED,
        (Kind::Example, _)
        | (Kind::Schema, "example")
        | (Kind::Parameter | Kind::Header | Kind::MediaType, "example" | "examples") => {
            &rules::EXAMPLE_CHANGED
        }
        (Kind::OAuthScope, _)
        | (
            Kind::Server
            | Kind::ServerVariable
            | Kind::PathItem
            | Kind::Operation
            | Kind::Parameter
            | Kind::Header
            | Kind::RequestBody
            | Kind::Response
            | Kind::Schema
            | Kind::SecurityScheme
            | Kind::OAuthFlow,
            "description",
        ) => &rules::DESCRIPTION_CHANGED,
        _ => return None,
    };
    Some(rule)
}
