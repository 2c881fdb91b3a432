//! The violations in a request, with the messages of the error envelope.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// The message for a member that the document doesn't have.
pub(super) const UNKNOWN_MEMBER: &str = "This field is not known.";

/// One violation in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The path to the value, outermost first; empty for the whole body.
    pub(crate) path: Vec<String>,
    pub(crate) message: String,
}

impl Violation {
    pub(crate) fn new(path: &[&str], message: impl Into<String>) -> Self {
        Self {
            path: path.iter().map(|&segment| segment.to_owned()).collect(),
            message: message.into(),
        }
    }

    /// Returns the violation with a path from an outer value, which has this value at
    /// `path`.
    pub(crate) fn within(mut self, path: &[&str]) -> Self {
        let path = path.iter().map(|&segment| segment.to_owned());
        self.path.splice(0..0, path);
        self
    }

    /// Removes the member that the violation is about, if the document doesn't have it.
    /// Returns whether the member was removed.
    pub(super) fn remove_unknown(&self, body: &mut Value) -> bool {
        let pointer = self.pointer();
        let object = pointer.rsplit_once('/');
        let object = object.and_then(|(object, _)| body.pointer_mut(object));
        match (object, self.path.last()) {
            (Some(Value::Object(members)), Some(name)) if self.message == UNKNOWN_MEMBER => {
                members.shift_remove(name).is_some()
            }
            _ => false,
        }
    }

    /// The path as a JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        self.path.iter().fold(String::new(), |pointer, segment| {
            pointer + "/" + &segment.replace('~', "~0").replace('/', "~1")
        })
    }
}

/// Adds a validation error as a violation, or as one violation for each key
/// that it names.
pub(super) fn collect(error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    let path: Vec<String> = error
        .instance_path()
        .segments()
        .map(|segment| segment.to_string())
        .collect();
    let at = |key: &str| {
        let mut path = path.clone();
        path.push(key.to_owned());
        path
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            violations.push(Violation {
                path: at(name),
                message: "Missing data for required field.".to_owned(),
            });
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            violations.extend(unexpected.iter().map(|name| Violation {
                path: at(name),
                message: UNKNOWN_MEMBER.to_owned(),
            }));
        }
        kind => violations.push(Violation {
            message: message(kind, error.instance()),
            path,
        }),
    }
}

/// Returns the message. It doesn't repeat the value, which may be personal
/// data.
fn message(kind: &ValidationErrorKind, instance: &Value) -> String {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { .. } if instance.is_null() => "Must not be null.".to_owned(),
        Kind::Type { kind } => format!("Must be {}.", types(kind)),
        Kind::Enum { .. } if instance.is_null() => "Must not be null.".to_owned(),
        Kind::Enum { options } => {
            let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
            format!("Must be one of: {}.", listed(options))
        }
        Kind::Format { format } if format == "date-time" => {
            "Must be a date and time with an offset, as in RFC 3339.".to_owned()
        }
        Kind::Format { format } if format == "uri" => "Must be an absolute URL.".to_owned(),
        Kind::Format { format } => format!("Must be a valid {format}."),
        Kind::MaxLength { limit } => format!("Must be at most {limit} characters long."),
        Kind::MinLength { limit } => format!("Must be at least {limit} characters long."),
        Kind::MaxItems { limit } => format!("Must have at most {limit} items."),
        Kind::MinItems { limit } => format!("Must have at least {limit} items."),
        Kind::MaxProperties { limit } => format!("Must have at most {limit} keys."),
        Kind::MinProperties { limit } => format!("Must have at least {limit} keys."),
        Kind::Maximum { limit } => format!("Must be at most {limit}."),
        Kind::Minimum { limit } => format!("Must be at least {limit}."),
        Kind::ExclusiveMaximum { limit } => format!("Must be less than {limit}."),
        Kind::ExclusiveMinimum { limit } => format!("Must be greater than {limit}."),
        Kind::Pattern { pattern } => format!("Must match {pattern}."),
        Kind::Custom { message, .. } => message.clone(),
        Kind::UniqueItems => "Must not repeat an item.".to_owned(),
        other => format!("Is not valid ({}).", other.keyword()),
    }
}

fn types(kind: &TypeKind) -> String {
    let one = |kind: JsonType| match kind {
        JsonType::Array => "an array",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    };
    match kind {
        TypeKind::Single(kind) => one(*kind).to_owned(),
        TypeKind::Multiple(kinds) => {
            let mut kinds: Vec<JsonType> = kinds.iter().collect();
            kinds.sort_by_key(|kind| *kind == JsonType::Null);
            kinds.into_iter().map(one).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// Lists values, texts without quotation marks.
pub(crate) fn listed(options: &[Value]) -> String {
    let words = options.iter().map(|option| match option {
        Value::String(word) => word.clone(),
        other => other.to_string(),
    });
    words.collect::<Vec<_>>().join(", ")
}
