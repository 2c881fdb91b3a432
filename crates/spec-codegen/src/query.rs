//! Reads how a query parameter with several values is written.

use serde_json::Value;

/// How a list or an object is written in a query, by `style` and `explode`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Style {
    /// One parameter for each item of a list, or for each member of an object.
    Exploded,
    /// A single parameter, with this text between the items or members.
    Joined(&'static str),
    /// One parameter for each member of an object, with the name of the member in brackets.
    Deep,
}

impl Style {
    /// Reads the style of a parameter; `None` if queries have no such style.
    pub fn of(parameter: &Value) -> Option<Self> {
        let explode = parameter.get("explode").and_then(Value::as_bool);
        let style = parameter.get("style").and_then(Value::as_str);
        let is_exploded = explode.unwrap_or(matches!(style, None | Some("form")));
        Some(match (style, is_exploded) {
            (Some("deepObject"), _) => Self::Deep,
            (None | Some("form" | "spaceDelimited" | "pipeDelimited"), true) => Self::Exploded,
            (None | Some("form"), false) => Self::Joined(","),
            (Some("spaceDelimited"), false) => Self::Joined("%20"),
            (Some("pipeDelimited"), false) => Self::Joined("%7C"),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_said_is_form_and_form_is_exploded() {
        for (parameter, style) in [
            (json!({}), Some(Style::Exploded)),
            (json!({"style": "form"}), Some(Style::Exploded)),
            (json!({"explode": false}), Some(Style::Joined(","))),
            (
                json!({"style": "pipeDelimited"}),
                Some(Style::Joined("%7C")),
            ),
            (
                json!({"style": "pipeDelimited", "explode": true}),
                Some(Style::Exploded),
            ),
            (json!({"style": "deepObject"}), Some(Style::Deep)),
            (json!({"style": "simple"}), None),
        ] {
            assert_eq!(Style::of(&parameter), style, "{parameter}");
        }
    }
}
