//! Reads and checks the parameters of a request.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::DocumentError;
use super::compiler::Compiler;
use super::schema::Schema;
use super::violation::{UNKNOWN_MEMBER, Violation};

/// The values of an operation's parameters, as JSON.
pub(crate) type Values = Map<String, Value>;

/// The parameters that an operation has in one place of a request: the path,
/// the query or the headers.
#[derive(Debug)]
pub(super) struct Parameters {
    by_name: BTreeMap<String, Parameter>,
    /// The schema of an object with a member for each parameter.
    schema: Schema,
}

/// How the text of a parameter is read.
#[derive(Debug)]
struct Parameter {
    /// Whether the value is an array. The parameter is then repeated for each item.
    is_array: bool,
    /// The JSON type of the value, or of the items of an array.
    kind: String,
}

impl Parameters {
    /// Compiles those of an operation's parameters that are in a place: `path`, `query`
    /// or `header`.
    pub(super) fn compile<'a>(
        place: &str,
        parameters: &[&'a Value],
        compiler: &Compiler<'a>,
    ) -> Result<Self, DocumentError> {
        let (mut by_name, mut properties) = (BTreeMap::new(), Map::new());
        let mut required = Vec::new();
        for parameter in parameters {
            if parameter.get("in").and_then(Value::as_str) != Some(place) {
                continue;
            }
            let name = parameter.get("name").and_then(Value::as_str);
            let name = name.ok_or("a parameter has no name")?;
            let schema = parameter.get("schema");
            let schema = schema.ok_or_else(|| format!("parameter {name} has no schema"))?;
            if parameter.get("required") == Some(&Value::Bool(true)) {
                required.push(name);
            }
            properties.insert(name.to_owned(), schema.clone());
            let schema = compiler.resolve(schema);
            let items = schema.get("items").map(|items| compiler.resolve(items));
            let kind = items.unwrap_or(schema).get("type").and_then(Value::as_str);
            let parameter = Parameter {
                is_array: items.is_some(),
                kind: kind.unwrap_or_default().to_owned(),
            };
            by_name.insert(name.to_owned(), parameter);
        }
        let schema = json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        Ok(Self {
            by_name,
            schema: compiler.compile(&schema)?,
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.by_name.keys()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Reads the `pairs` that a request has in this place into `values`. Returns
    /// the violations, those of unknown names first.
    pub(super) fn read(&self, pairs: &[(String, String)], values: &mut Values) -> Vec<Violation> {
        let mut texts: BTreeMap<&String, Vec<&str>> = BTreeMap::new();
        for (name, text) in pairs {
            texts.entry(name).or_default().push(text);
        }
        let read = texts.into_iter().map(|(name, texts)| {
            let parameter = self.by_name.get(name);
            let value = parameter.map(|parameter| parameter.read(&texts));
            (name.clone(), value.unwrap_or_default())
        });
        let read = Value::Object(read.collect());
        let mut violations = self.schema.violations(&read);
        violations.sort_by_key(|violation| violation.message != UNKNOWN_MEMBER);
        for violation in &mut violations {
            if violation.message == UNKNOWN_MEMBER {
                "This parameter is not known.".clone_into(&mut violation.message);
            }
        }
        if let Value::Object(read) = read {
            values.extend(read);
        }
        violations
    }
}

impl Parameter {
    fn read(&self, texts: &[&str]) -> Value {
        if !self.is_array {
            // It isn't documented what a repeated parameter means that isn't an array;
            // here the last one counts.
            let last = texts.last();
            return last.map_or(Value::Null, |text| self.read_one(text));
        }
        texts.iter().map(|text| self.read_one(text)).collect()
    }

    /// Reads one value. A text that isn't of the parameter's type stays a string, so that
    /// the schema refuses it.
    fn read_one(&self, text: &str) -> Value {
        let read = match (self.kind.as_str(), text) {
            ("integer", _) => text.parse::<i64>().ok().map(Value::from),
            ("number", _) => text.parse::<f64>().ok().map(Value::from),
            ("boolean", "true" | "True" | "1") => Some(json!(true)),
            ("boolean", "false" | "False" | "0") => Some(json!(false)),
            _ => None,
        };
        read.unwrap_or_else(|| json!(text))
    }
}
