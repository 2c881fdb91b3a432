//! Reads how parameters and headers are written.

use serde_json::Value;

use crate::document::{Document, NodeId};
use crate::schema::is_scalar;

/// The settings that decide how a value becomes text.
#[derive(Debug, PartialEq, Eq)]
pub enum Serialization {
    /// A scalar that is written as it is, because `style` adds nothing to it.
    Plain,
    /// By `style` and `explode`.
    Styled { style: String, explode: bool },
    /// As a document of this media type.
    Content(String),
}

impl Serialization {
    /// Reads a parameter or header; `place` is what `in` says.
    pub fn read(document: &mut Document<'_>, node: NodeId, place: &str) -> Self {
        if let Some((media_type, _)) = document.entries_of(node, "content").first() {
            return Self::Content((*media_type).to_owned());
        }
        let value = document.value(node);
        let default = match place {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        let style = value
            .get("style")
            .and_then(Value::as_str)
            .unwrap_or(default);
        let explode = value.get("explode").and_then(Value::as_bool);
        let explode = explode.unwrap_or(style == "form");
        let schema = document.child(node, "schema");
        if schema.is_some_and(|schema| is_scalar(document, schema)) {
            match style {
                "form" | "simple" | "spaceDelimited" | "pipeDelimited" | "deepObject" => {
                    return Self::Plain;
                }
                _ => {
                    // `matrix` and `label` put a mark before a scalar, too.
                    return Self::Styled {
                        style: style.to_owned(),
                        explode: false,
                    };
                }
            }
        }
        Self::Styled {
            style: style.to_owned(),
            explode,
        }
    }

    /// Describes it in words.
    pub fn describe(&self) -> String {
        match self {
            Self::Plain => "a plain value".to_owned(),
            Self::Styled { style, explode } => {
                let explode = if *explode { ", exploded" } else { "" };
                format!("{style}{explode}")
            }
            Self::Content(media_type) => media_type.clone(),
        }
    }
}
