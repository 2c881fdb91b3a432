//! Reads the body of a request.

use serde_json::Value;

use super::DocumentError;
use super::compiler::Compiler;
use super::schema::Schema;
use super::violation::Violation;

const JSON: &str = "application/json";

/// The JSON pointer from a `requestBody` or a response in the document to the schema of
/// its JSON.
pub(super) const JSON_SCHEMA: &str = "/content/application~1json/schema";

/// The body of an operation's requests.
#[derive(Debug)]
pub(super) struct RequestBody {
    required: bool,
    /// The content types that the document has for the body, in lower case.
    media_types: Vec<String>,
    /// The schema of a JSON body.
    json: Option<Schema>,
}

/// The reason why a body is refused.
#[derive(Debug)]
pub(crate) enum BadBody {
    /// The content type isn't one of these, which the document has for the operation.
    ContentType(Vec<String>),
    /// The body isn't JSON.
    Malformed,
    Invalid(Vec<Violation>),
}

impl RequestBody {
    /// Compiles an operation's `requestBody`, with references resolved.
    pub(super) fn compile(body: &Value, compiler: &Compiler<'_>) -> Result<Self, DocumentError> {
        let content = body.get("content").and_then(Value::as_object);
        let media_types = content.into_iter().flat_map(|content| content.keys());
        let schema = body.pointer(JSON_SCHEMA);
        Ok(Self {
            required: body.get("required") == Some(&Value::Bool(true)),
            media_types: media_types.map(|kind| kind.to_ascii_lowercase()).collect(),
            json: schema.map(|schema| compiler.compile(schema)).transpose()?,
        })
    }

    /// Reads a body. Returns none for a body of another type than JSON, and for
    /// an empty one that is optional.
    pub(super) fn read(&self, kind: Option<&str>, bytes: &[u8]) -> Result<Option<Value>, BadBody> {
        if bytes.is_empty() && !self.required {
            return Ok(None);
        }
        let kind = kind.and_then(|kind| kind.split(';').next());
        let kind = kind.unwrap_or_default().trim().to_ascii_lowercase();
        if !self.media_types.contains(&kind) {
            return Err(BadBody::ContentType(self.media_types.clone()));
        }
        if kind != JSON {
            return Ok(None);
        }
        let body = serde_json::from_slice(bytes).map_err(|_| BadBody::Malformed)?;
        Ok(Some(body))
    }

    /// Returns all violations in a JSON body.
    pub(super) fn check(&self, body: &Value) -> Vec<Violation> {
        let schema = self.json.as_ref();
        schema.map_or_else(Vec::new, |schema| schema.violations(body))
    }
}
