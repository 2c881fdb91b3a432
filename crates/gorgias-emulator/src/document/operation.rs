//! One operation of the document, compiled.

use std::collections::BTreeMap;

use ::http::StatusCode;
use serde_json::Value;

use super::DocumentError;
use super::compiler::Compiler;
use super::parameters::{self, Parameter, Values};
use super::schema::Schema;
use super::violation::Violation;

/// One operation of the document, compiled.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    query: Vec<Parameter>,
    path: Vec<Parameter>,
    body: Option<Schema>,
    /// By status code, class (`4XX`) or `default`.
    responses: BTreeMap<String, Schema>,
}

/// Resolves references into `components` of a kind: `responses`, `parameters`.
pub(super) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

impl Operation {
    /// `shared` are the parameters of the path, which all its operations have.
    pub(super) fn compile(
        document: &Value,
        operation: &Value,
        shared: &[Value],
        compiler: &Compiler,
    ) -> Result<Self, DocumentError> {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .ok_or_else(|| DocumentError::new("an operation has no operationId".to_owned()))?;
        let own = operation.get("parameters").and_then(Value::as_array);
        let (mut query, mut path) = (Vec::new(), Vec::new());
        for parameter in shared.iter().chain(own.into_iter().flatten()) {
            let parameter = resolve(document, parameter);
            let list = match parameter.get("in").and_then(Value::as_str) {
                Some("query") => &mut query,
                Some("path") => &mut path,
                _ => continue,
            };
            list.push(Parameter::compile(parameter, compiler)?);
        }
        let compile = |holder: &Value| {
            json_schema(holder)
                .map(|schema| compiler.compile(schema))
                .transpose()
        };
        let body = match operation.get("requestBody") {
            Some(body) => compile(resolve(document, body))?,
            None => None,
        };
        let mut responses = BTreeMap::new();
        let documented = operation.get("responses").and_then(Value::as_object);
        for (status, response) in documented.into_iter().flatten() {
            if let Some(schema) = compile(resolve(document, response))? {
                responses.insert(status.to_ascii_uppercase(), schema);
            }
        }
        Ok(Self {
            id: id.to_owned(),
            query,
            path,
            body,
            responses,
        })
    }

    /// Everything wrong with a request body.
    pub(crate) fn check_body(&self, body: &Value) -> Vec<Violation> {
        self.body
            .as_ref()
            .map(|schema| schema.violations(body))
            .unwrap_or_default()
    }

    /// Reads query and path parameters; all violations of both are reported.
    pub(crate) fn read_parameters(
        &self,
        query: &[(String, String)],
        path: &[(String, String)],
    ) -> Result<Values, Vec<Violation>> {
        match (
            parameters::read(&self.path, path),
            parameters::read(&self.query, query),
        ) {
            (Ok(mut path), Ok(mut query)) => {
                path.append(&mut query);
                Ok(path)
            }
            (path, query) => Err([path.err(), query.err()]
                .into_iter()
                .flatten()
                .flatten()
                .collect()),
        }
    }

    /// Everything wrong with a response of ours. A status the document does not
    /// mention is wrong too.
    pub(crate) fn check_response(&self, status: StatusCode, body: &Value) -> Vec<Violation> {
        let class = format!("{}XX", status.as_u16() / 100);
        let schema = self
            .responses
            .get(status.as_str())
            .or_else(|| self.responses.get(&class))
            .or_else(|| self.responses.get("DEFAULT"));
        match schema {
            Some(schema) => schema.violations(body),
            None => vec![Violation::new(
                &[],
                format!("The document has no response {status}."),
            )],
        }
    }
}

/// The schema of a body's or a response's JSON content.
fn json_schema(holder: &Value) -> Option<&Value> {
    holder
        .get("content")?
        .get("application/json")?
        .get("schema")
}
