//! Says how the values under each keyword of OpenAPI 3.0 are compared.

use spec_model::structure::{self, JsonType, ObjectKind};

use crate::rules::{self, Rule};

/// How the values under a key are compared.
#[derive(Debug, Clone, Copy)]
pub enum Treatment {
    /// As documentation. A difference is reported by this rule.
    ForReaders(&'static Rule),
    /// As values of this type, which were compared by meaning before.
    Value(JsonType),
    /// As objects of this kind.
    One(ObjectKind),
    /// As maps of objects by name.
    Named(ObjectKind),
    /// As lists of objects.
    List(ObjectKind),
    /// Not at all, because parameters are matched by the keyword. Only a header name in another
    /// case is reported.
    JudgedElsewhere,
    /// As values of a keyword that OpenAPI 3.0 doesn't have.
    Unknown,
}

/// Returns how the values under `key` of objects of this kind are compared.
pub fn treatment(kind: ObjectKind, key: &str) -> Treatment {
    if key.starts_with("x-") && !(kind == ObjectKind::Schema && key == "x-extensible-enum") {
        return Treatment::ForReaders(&rules::EXTENSION_CHANGED);
    }
    if let Some(rule) = for_readers(kind, key) {
        return Treatment::ForReaders(rule);
    }
    match (kind, key) {
        // Parameters are matched by these two keywords. Headers have neither.
        (ObjectKind::Parameter | ObjectKind::Header, "name" | "in") => Treatment::JudgedElsewhere,
        _ => compared(kind, key),
    }
}

fn compared(kind: ObjectKind, key: &str) -> Treatment {
    use structure::Holds;

    match structure::holds(kind, key) {
        // Discriminators and XML settings are compared as a whole.
        Some(Holds::One(ObjectKind::Discriminator | ObjectKind::Xml)) => {
            Treatment::Value(JsonType::Object)
        }
        Some(Holds::List(ObjectKind::SecurityRequirement)) => Treatment::Value(JsonType::Array),
        // Flows are compared as a map by name, so that an added flow is one change.
        Some(Holds::One(ObjectKind::OAuthFlows)) => Treatment::Named(ObjectKind::OAuthFlow),
        Some(Holds::Value(kind)) => Treatment::Value(kind),
        Some(Holds::One(kind)) => Treatment::One(kind),
        Some(Holds::Named(kind)) => Treatment::Named(kind),
        Some(Holds::List(kind)) => Treatment::List(kind),
        None => Treatment::Unknown,
    }
}

/// Returns the rule for a key that no message depends on.
fn for_readers(kind: ObjectKind, key: &str) -> Option<&'static Rule> {
    let rule = match (kind, key) {
        (ObjectKind::Document, "info") => &rules::INFO_CHANGED,
        (ObjectKind::Document, "tags") => &rules::TAG_DEFINITIONS_CHANGED,
        (ObjectKind::Document, "openapi") => &rules::OPENAPI_VERSION_CHANGED,
        (ObjectKind::Document | ObjectKind::Operation | ObjectKind::Schema, "externalDocs") => {
            &rules::EXTERNAL_DOCS_CHANGED
        }
        (ObjectKind::Schema, "title") => &rules::TITLE_CHANGED,
        (ObjectKind::PathItem | ObjectKind::Operation, "summary") => &rules::SUMMARY_CHANGED,
        (ObjectKind::Response, "links") | (ObjectKind::Link, _) => &rules::LINK_CHANGED,
        (ObjectKind::SecurityScheme, "bearerFormat") => &rules::BEARER_FORMAT_CHANGED,
        (ObjectKind::Example, _)
        | (ObjectKind::Schema, "example")
        | (
            ObjectKind::Parameter | ObjectKind::Header | ObjectKind::MediaType,
            "example" | "examples",
        ) => &rules::EXAMPLE_CHANGED,
        (ObjectKind::OAuthScope, _)
        | (
            ObjectKind::Server
            | ObjectKind::ServerVariable
            | ObjectKind::PathItem
            | ObjectKind::Operation
            | ObjectKind::Parameter
            | ObjectKind::Header
            | ObjectKind::RequestBody
            | ObjectKind::Response
            | ObjectKind::Schema
            | ObjectKind::SecurityScheme
            | ObjectKind::OAuthFlow,
            "description",
        ) => &rules::DESCRIPTION_CHANGED,
        _ => return None,
    };
    Some(rule)
}
