//! Reads and checks the parameters of a request.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::DocumentError;
use super::compiler::Compiler;
use super::schema::Schema;
use super::violation::Violation;

/// The values of an operation's parameters, as JSON.
pub(crate) type Values = BTreeMap<String, Value>;

/// One parameter of an operation.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// `path`, `query` or `header`.
    pub(super) place: String,
    required: bool,
    is_array: bool,
    /// With `style: form` and `explode` the name is repeated, otherwise the
    /// values stand behind one name, separated by commas.
    explode: bool,
    /// The JSON type of the value, or of the items of an array.
    kind: String,
    schema: Schema,
}

impl Parameter {
    pub(super) fn compile(parameter: &Value, compiler: &Compiler) -> Result<Self, DocumentError> {
        let text = |member: &str| parameter.get(member).and_then(Value::as_str);
        let name = text("name").ok_or("a parameter has no name")?;
        let schema = parameter
            .get("schema")
            .ok_or_else(|| format!("parameter {name} has no schema"))?;
        let resolved = compiler.resolve(schema);
        let items = resolved.get("items").map(|items| compiler.resolve(items));
        let kind = items.unwrap_or(resolved).get("type");
        Ok(Self {
            name: name.to_owned(),
            place: text("in").unwrap_or_default().to_owned(),
            required: parameter.get("required") == Some(&Value::Bool(true)),
            is_array: items.is_some(),
            explode: parameter.get("explode") != Some(&Value::Bool(false)),
            kind: kind.and_then(Value::as_str).unwrap_or_default().to_owned(),
            schema: compiler.compile(schema)?,
        })
    }

    fn read(&self, texts: &[&str]) -> Value {
        if !self.is_array {
            // A repeated scalar has no documented meaning; the last one counts.
            let last = texts.last();
            return last.map_or(Value::Null, |text| self.read_one(text));
        }
        let separator = |letter: char| !self.explode && letter == ',';
        let texts = texts.iter().flat_map(|text| text.split(separator));
        texts.map(|text| self.read_one(text)).collect()
    }

    /// Reads a text. A text of another type stays text, so that the schema
    /// refuses it.
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

/// Reads and checks the `pairs` that a request has in one place. Adds all
/// unknown names, missing names and invalid values to `violations`.
pub(super) fn read(
    parameters: &[&Parameter],
    pairs: &[(String, String)],
    values: &mut Values,
    violations: &mut Vec<Violation>,
) {
    for (name, _) in pairs {
        let unknown = Violation::new(&[name], "This parameter is not known.");
        if !parameters.iter().any(|parameter| parameter.name == *name)
            && !violations.contains(&unknown)
        {
            violations.push(unknown);
        }
    }
    for parameter in parameters {
        let name = &parameter.name;
        let given = pairs.iter().filter(|(given, _)| given == name);
        let texts: Vec<&str> = given.map(|(_, text)| text.as_str()).collect();
        if texts.is_empty() {
            if parameter.required {
                violations.push(Violation::new(&[name], "Missing data for required field."));
            }
            continue;
        }
        let value = parameter.read(&texts);
        let found = parameter.schema.violations(&value);
        if found.is_empty() {
            values.insert(name.clone(), value);
        }
        let found = found.into_iter();
        violations.extend(found.map(|violation| violation.within(&[name])));
    }
}
