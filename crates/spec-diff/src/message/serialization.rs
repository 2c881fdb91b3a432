//! Compares the serialization of parameters and headers, and their schemas.

use super::content;
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::Rule;
use crate::schema::{Syntax, is_scalar};
use crate::session::Session;

/// The settings that decide how a value is written as text.
#[derive(Debug, PartialEq, Eq)]
pub enum Serialization<'a> {
    /// The value is a scalar, to which `style` adds nothing.
    Plain,
    /// `style` and `explode` decide how the value is written.
    Styled { style: &'a str, explode: bool },
    /// The value is written as a document of this media type.
    Content(&'a str),
}

/// Compares the serialization and the schemas of two parameters or headers. `locations` are
/// the values of `in`, or "header" for headers.
pub fn compare(
    session: &mut Session<'_>,
    rule: &'static Rule,
    at: Both<NodeId>,
    locations: Both<&str>,
    name: &str,
    reach: &Reach,
) {
    let from = Serialization::read(&mut session.old, at.old, locations.old);
    let to = Serialization::read(&mut session.new, at.new, locations.new);
    if from.is_rewritten_as(&to) {
        let (from, to) = (from.describe(), to.describe());
        let message = format!("{name} was written as {from}, and is written as {to}");
        session.note(rule, at, message, reach);
    } else if matches!(from, Serialization::Content(_)) {
        content::compare(session, at, reach);
    } else {
        session.schemas(at, Syntax::Text, reach);
    }
}

impl<'a> Serialization<'a> {
    /// Reads a parameter, or a header. `location` is the value of `in`, or "header".
    pub fn read(document: &mut Document<'a>, node: NodeId, location: &str) -> Self {
        if let Some((media_type, _)) = document.entries_of(node, "content").first() {
            return Self::Content(media_type);
        }
        let style = document.text(node, "style").unwrap_or(match location {
            "query" | "cookie" => "form",
            _ => "simple",
        });
        let explode = document.value(node).get("explode");
        let explode = explode.and_then(serde_json::Value::as_bool);
        let schema = document.child(node, "schema");
        let is_scalar = schema.is_some_and(|schema| is_scalar(document, schema));
        match style {
            "form" | "simple" | "spaceDelimited" | "pipeDelimited" | "deepObject" if is_scalar => {
                Self::Plain
            }
            // `matrix` and `label` write a sign before a scalar.
            _ => Self::Styled {
                style,
                explode: !is_scalar && explode.unwrap_or(style == "form"),
            },
        }
    }

    /// Whether `new` writes values in another way. A change between a scalar and a list
    /// doesn't count, because the changed type is reported.
    fn is_rewritten_as(&self, new: &Self) -> bool {
        use Serialization::{Content, Plain, Styled};
        match (self, new) {
            (Plain, Styled { style, .. }) | (Styled { style, .. }, Plain) => {
                matches!(*style, "matrix" | "label")
            }
            (Content(_), Content(_)) => false,
            (old, new) => old != new,
        }
    }

    /// Describes the serialization in words.
    fn describe(&self) -> String {
        match self {
            Self::Plain => "a plain value".to_owned(),
            Self::Styled { style, explode } => {
                let explode = if *explode { ", exploded" } else { "" };
                format!("{style}{explode}")
            }
            Self::Content(media_type) => (*media_type).to_owned(),
        }
    }
}
