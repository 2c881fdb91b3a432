//! Compiles the document's schemas, each of them once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use super::DocumentError;
use super::convert::{DOCUMENT, convert};
use super::int64;
use super::schema::Schema;
use crate::timestamp::parse_naive;

pub(super) struct Compiler<'a> {
    /// The document, not converted.
    document: &'a Value,
    /// The document's schemas, converted to JSON Schema.
    registry: Registry<'static>,
    naive_datetimes: bool,
    /// The compiled schemas by their text. Many schemas are repeated, such as that of
    /// an error response.
    compiled: RefCell<HashMap<String, Schema>>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(document: &'a Value, naive_datetimes: bool) -> Result<Self, DocumentError> {
        let schemas = document.pointer("/components/schemas");
        let mut schemas = json!({ "components": { "schemas": schemas } });
        convert(&mut schemas);
        let registry = Registry::new().add(DOCUMENT, schemas).map_err(failed)?;
        Ok(Self {
            document,
            registry: registry.prepare().map_err(failed)?,
            naive_datetimes,
            compiled: RefCell::default(),
        })
    }

    /// Follows the reference that a value has, also one wrapped in an `allOf`. A value
    /// without a reference is returned.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        let inner = value.pointer("/allOf/0").unwrap_or(value);
        let reference = inner.get("$ref").and_then(Value::as_str);
        let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
        pointer
            .and_then(|pointer| self.document.pointer(pointer))
            .unwrap_or(value)
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

fn failed(error: impl fmt::Display) -> DocumentError {
    format!("a schema does not compile: {error}").into()
}
