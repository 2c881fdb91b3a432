//! Reads and checks the body of a request.

use std::collections::BTreeMap;

use serde_json::Value;

use super::DocumentError;
use super::compiler::Compiler;
use super::schema::Schema;
use super::violation::Violation;

const JSON: &str = "application/json";

/// The body of an operation's requests.
#[derive(Debug)]
pub(super) struct RequestBody {
    required: bool,
    /// By media type, in lower case.
    content: BTreeMap<String, Option<Schema>>,
    /// The schema of JSON, as the document has it.
    pub(super) json_schema: Option<Value>,
}

/// The reason why a body is refused.
#[derive(Debug)]
pub(crate) enum BadBody {
    /// The content type isn't one of the document's, which are listed.
    ContentType(Vec<String>),
    /// The body isn't JSON.
    Malformed,
    Invalid(Vec<Violation>),
}

impl RequestBody {
    /// Compiles an operation's `requestBody`, with references resolved.
    pub(super) fn compile(body: &Value, compiler: &Compiler) -> Result<Self, DocumentError> {
        let mut content = BTreeMap::new();
        let mut json_schema = None;
        let documented = body.get("content").and_then(Value::as_object);
        for (kind, media) in documented.into_iter().flatten() {
            let schema = media.get("schema").filter(|_| kind == JSON);
            json_schema = json_schema.or_else(|| schema.cloned());
            let schema = schema.map(|schema| compiler.compile(schema)).transpose()?;
            content.insert(kind.to_ascii_lowercase(), schema);
        }
        Ok(Self {
            required: body.get("required") == Some(&Value::Bool(true)),
            content,
            json_schema,
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
        if !self.content.contains_key(&kind) {
            return Err(BadBody::ContentType(self.content.keys().cloned().collect()));
        }
        if kind != JSON {
            return Ok(None);
        }
        let body = serde_json::from_slice(bytes).map_err(|_| BadBody::Malformed)?;
        Ok(Some(body))
    }

    /// Returns all violations in a JSON body.
    pub(super) fn check(&self, body: &Value) -> Vec<Violation> {
        let schema = self.content.get(JSON).and_then(Option::as_ref);
        schema.map_or_else(Vec::new, |schema| schema.violations(body))
    }
}
