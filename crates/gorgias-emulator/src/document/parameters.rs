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
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    name: String,
    required: bool,
    kind: Kind,
    schema: Schema,
}

/// How the text of a parameter becomes JSON.
#[derive(Clone, Copy, Debug)]
enum Kind {
    One(Scalar),
    /// `style: form`; with `explode` the key is repeated, otherwise the values
    /// stand behind one key, separated by commas.
    Many {
        item: Scalar,
        explode: bool,
    },
}

#[derive(Clone, Copy, Debug)]
enum Scalar {
    Integer,
    Number,
    Boolean,
    Text,
}

impl Parameter {
    pub(super) fn compile(parameter: &Value, compiler: &Compiler) -> Result<Self, DocumentError> {
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .ok_or_else(|| DocumentError::new("a parameter has no name".to_owned()))?;
        let schema = parameter
            .get("schema")
            .ok_or_else(|| DocumentError::new(format!("parameter {name} has no schema")))?;
        let explode = parameter.get("explode") != Some(&Value::Bool(false));
        Ok(Self {
            name: name.to_owned(),
            required: parameter.get("required") == Some(&Value::Bool(true)),
            kind: kind(schema, compiler, explode),
            schema: compiler.compile(schema)?,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, texts: &[&str]) -> Value {
        match self.kind {
            // A repeated scalar has no documented meaning; the last one counts.
            Kind::One(scalar) => texts
                .last()
                .map_or(Value::Null, |text| read_scalar(scalar, text)),
            Kind::Many { item, explode } => texts
                .iter()
                .flat_map(|text| match explode {
                    true => vec![*text],
                    false => text.split(',').collect(),
                })
                .map(|text| read_scalar(item, text))
                .collect(),
        }
    }
}

/// Reads a text as a scalar. A text of another type stays text, so that the
/// schema refuses it.
fn read_scalar(scalar: Scalar, text: &str) -> Value {
    let read = match scalar {
        Scalar::Text => None,
        Scalar::Integer => text.parse::<i64>().ok().map(Value::from),
        Scalar::Number => text.parse::<f64>().ok().map(Value::from),
        Scalar::Boolean => match text {
            "true" | "True" | "1" => Some(json!(true)),
            "false" | "False" | "0" => Some(json!(false)),
            _ => None,
        },
    };
    read.unwrap_or_else(|| json!(text))
}

fn kind(schema: &Value, compiler: &Compiler, explode: bool) -> Kind {
    let schema = compiler.resolve(schema);
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => Kind::Many {
            item: schema
                .get("items")
                .map_or(Scalar::Text, |items| scalar(compiler.resolve(items))),
            explode,
        },
        _ => Kind::One(scalar(schema)),
    }
}

fn scalar(schema: &Value) -> Scalar {
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => Scalar::Integer,
        Some("number") => Scalar::Number,
        Some("boolean") => Scalar::Boolean,
        _ => Scalar::Text,
    }
}

/// Reads and checks `pairs` against `parameters`. Reports all unknown names,
/// missing names and invalid values.
pub(super) fn read(
    parameters: &[Parameter],
    pairs: &[(String, String)],
) -> Result<Values, Vec<Violation>> {
    let mut values = Values::new();
    let mut violations = Vec::new();
    for (name, _) in pairs {
        if !parameters.iter().any(|parameter| parameter.name == *name)
            && !violations
                .iter()
                .any(|known: &Violation| known.path == [name.as_str()])
        {
            violations.push(Violation::new(&[name], "This parameter is not known."));
        }
    }
    for parameter in parameters {
        let texts: Vec<&str> = pairs
            .iter()
            .filter(|(name, _)| *name == parameter.name)
            .map(|(_, text)| text.as_str())
            .collect();
        if texts.is_empty() {
            if parameter.required {
                violations.push(Violation::new(
                    &[parameter.name()],
                    "Missing data for required field.",
                ));
            }
            continue;
        }
        let value = parameter.read(&texts);
        let found = parameter.schema.violations(&value);
        if found.is_empty() {
            values.insert(parameter.name.clone(), value);
        }
        violations.extend(found.into_iter().map(|mut violation| {
            violation.path.insert(0, parameter.name.clone());
            violation
        }));
    }
    if violations.is_empty() {
        Ok(values)
    } else {
        Err(violations)
    }
}
