//! Compiles the document's schemas, each of them once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

use super::DocumentError;
use super::convert::{DOCUMENT, convert};
use super::int64;
use super::schema::Schema;
use crate::timestamp::parse_naive;

pub(super) struct Compiler {
    /// The document's schemas, not converted.
    components: Map<String, Value>,
    /// The schemas, converted to JSON Schema.
    registry: Registry<'static>,
    naive_datetimes: bool,
    /// The compiled schemas by their text. Many are repeated, such as those of
    /// error responses.
    compiled: RefCell<HashMap<String, Schema>>,
}

impl Compiler {
    pub(super) fn new(
        components: Map<String, Value>,
        naive_datetimes: bool,
    ) -> Result<Self, DocumentError> {
        let mut document = json!({ "components": { "schemas": components } });
        convert(&mut document);
        let registry = Registry::new().add(DOCUMENT, document).map_err(failed)?;
        Ok(Self {
            components,
            registry: registry.prepare().map_err(failed)?,
            naive_datetimes,
            compiled: RefCell::default(),
        })
    }

    /// Follows one reference to a component, also one wrapped in an `allOf`.
    pub(super) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        resolve(&self.components, schema)
    }

    pub(super) fn compile(&self, schema: &Value) -> Result<Schema, DocumentError> {
        let key = schema.to_string();
        if let Some(compiled) = self.compiled.borrow().get(&key) {
            return Ok(compiled.clone());
        }
        let mut converted = schema.clone();
        convert(&mut converted);
        let mut options = Validator::options()
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_keyword(int64::INT64, int64::keyword);
        if self.naive_datetimes {
            options = options.with_format("date-time", |text: &str| {
                chrono::DateTime::parse_from_rfc3339(text).is_ok() || parse_naive(text).is_ok()
            });
        }
        let compiled = options.build(&converted).map_err(failed)?;
        let compiled = Schema::new(Arc::new(compiled));
        self.compiled.borrow_mut().insert(key, compiled.clone());
        Ok(compiled)
    }
}

/// Follows one reference to a schema, also one wrapped in an `allOf`.
pub(super) fn resolve<'a>(schemas: &'a Map<String, Value>, schema: &'a Value) -> &'a Value {
    let inner = schema.pointer("/allOf/0").unwrap_or(schema);
    inner
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next())
        .and_then(|name| schemas.get(name))
        .unwrap_or(schema)
}

fn failed(error: impl fmt::Display) -> DocumentError {
    format!("a schema does not compile: {error}").into()
}
