//! Decides whether two media types are equal, and whether one includes the other.

use crate::schema::Syntax;

/// A media type or media range, normalized for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    kind: String,
    subtype: String,
    parameters: Vec<String>,
}

impl MediaType {
    /// Reads a key of `content`. The case and `charset=utf-8` make no difference.
    pub fn read(text: &str) -> Self {
        let mut pieces = text
            .split(';')
            .map(|piece| piece.trim().to_ascii_lowercase());
        let essence = pieces.next().unwrap_or_default();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
        let mut parameters: Vec<String> = pieces
            .map(|parameter| parameter.replace('"', ""))
            .filter(|parameter| !matches!(parameter.as_str(), "" | "charset=utf-8"))
            .collect();
        parameters.sort_unstable();
        Self {
            kind: kind.to_owned(),
            subtype: subtype.to_owned(),
            parameters,
        }
    }

    /// Whether every message of the other media type is also of this media type.
    pub fn includes(&self, other: &Self) -> bool {
        let kind = self.kind == "*" || self.kind == other.kind;
        let subtype = self.subtype == "*" || self.subtype == other.subtype;
        let parameters = self
            .parameters
            .iter()
            .all(|parameter| other.parameters.contains(parameter));
        kind && subtype && parameters
    }

    /// Returns the syntax of values in this media type.
    pub fn syntax(&self) -> Syntax {
        if self.subtype == "xml" || self.subtype.ends_with("+xml") {
            return Syntax::Xml;
        }
        match self.is_form() || self.kind == "text" {
            true => Syntax::Text,
            false => Syntax::Json,
        }
    }

    /// Whether the media type is a form, whose fields are encoded separately.
    pub fn is_form(&self) -> bool {
        self.kind == "multipart" || self.subtype == "x-www-form-urlencoded"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        let plain = MediaType::read("application/json");
        assert_eq!(plain, MediaType::read("Application/JSON; charset=UTF-8"));
        assert_ne!(plain, MediaType::read("application/json; version=2"));
    }

    #[test]
    fn ranges_include_their_members() {
        let range = MediaType::read("application/*");
        let json = MediaType::read("application/json");
        assert!(range.includes(&json) && !json.includes(&range));
        assert!(MediaType::read("*/*").includes(&range));
        assert!(json.includes(&MediaType::read("application/json; version=2")));
    }

    #[test]
    fn fields_of_forms_are_text() {
        let syntax = |text| MediaType::read(text).syntax();
        assert_eq!(syntax("application/x-www-form-urlencoded"), Syntax::Text);
        assert_eq!(syntax("application/problem+json"), Syntax::Json);
        assert_eq!(syntax("application/atom+xml"), Syntax::Xml);
    }
}
