//! Compiles the document's schemas, each of them once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::{ValidationOptions, Validator};
use serde_json::{Map, Value, json};

use super::DocumentError;
use super::convert::{DEFINITIONS, convert};
use super::int64;
use super::schema::Schema;
use crate::timestamp::parse_naive;

pub(super) struct Compiler {
    /// The document's schemas, not converted.
    components: Map<String, Value>,
    /// The schemas, converted to JSON Schema.
    definitions: Map<String, Value>,
    naive_datetimes: bool,
    /// The compiled schemas by their text. Many are repeated, such as those of
    /// error responses.
    compiled: RefCell<HashMap<String, Schema>>,
}

impl Compiler {
    pub(super) fn new(components: Map<String, Value>, naive_datetimes: bool) -> Self {
        let definitions = components
            .iter()
            .map(|(name, schema)| (name.clone(), convert(schema)))
            .collect();
        Self {
            components,
            definitions,
            naive_datetimes,
            compiled: RefCell::default(),
        }
    }

    /// Follows one reference to a component, also one wrapped in an `allOf`.
    pub(super) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let inner = schema.pointer("/allOf/0").unwrap_or(schema);
        inner
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.rsplit('/').next())
            .and_then(|name| self.components.get(name))
            .unwrap_or(schema)
    }

    pub(super) fn compile(&self, schema: &Value) -> Result<Schema, DocumentError> {
        let key = schema.to_string();
        if let Some(compiled) = self.compiled.borrow().get(&key) {
            return Ok(compiled.clone());
        }
        let compiled = self
            .options()
            .build(&self.with_definitions(convert(schema)))
            .map_err(|error| DocumentError::new(format!("a schema does not compile: {error}")))?;
        let compiled = Schema::new(Arc::new(compiled));
        self.compiled.borrow_mut().insert(key, compiled.clone());
        Ok(compiled)
    }

    fn options(&self) -> ValidationOptions<'static> {
        let options = Validator::options()
            .should_validate_formats(true)
            .with_keyword(int64::INT64, int64::keyword);
        if !self.naive_datetimes {
            return options;
        }
        options.with_format("date-time", |text: &str| {
            chrono::DateTime::parse_from_rfc3339(text).is_ok() || parse_naive(text).is_ok()
        })
    }

    /// Adds to a schema the definitions that it refers to.
    fn with_definitions(&self, schema: Value) -> Value {
        let mut reached = Map::new();
        self.reach(&schema, &mut reached);
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema],
            "$defs": reached,
        })
    }

    fn reach(&self, schema: &Value, reached: &mut Map<String, Value>) {
        match schema {
            Value::Object(keywords) => {
                let reference = keywords.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(|reference| reference.strip_prefix(DEFINITIONS));
                if let Some(name) = name
                    && !reached.contains_key(name)
                    && let Some(definition) = self.definitions.get(name)
                {
                    reached.insert(name.to_owned(), definition.clone());
                    self.reach(definition, reached);
                }
                keywords
                    .values()
                    .for_each(|child| self.reach(child, reached));
            }
            Value::Array(items) => items.iter().for_each(|child| self.reach(child, reached)),
            _ => {}
        }
    }
}
