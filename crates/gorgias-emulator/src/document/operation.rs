//! One operation of the document, compiled.

use std::collections::BTreeMap;

use ::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::DocumentError;
use super::body::RequestBody;
use super::compiler::Compiler;
use super::parameters::{self, Parameter, Values};
use super::schema::Schema;
use super::violation::Violation;
use crate::strictness::UnknownParameters;

/// One operation of the document, compiled.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Whether the operation changes nothing.
    pub(crate) is_read: bool,
    /// The status of a success.
    pub(crate) success: StatusCode,
    parameters: Vec<Parameter>,
    pub(super) body: Option<RequestBody>,
    /// Whether the answer is a list: an object with an array `data`.
    pub(crate) is_list: bool,
    /// By status code, class (`4XX`) or `default`.
    responses: BTreeMap<String, Schema>,
}

/// Resolves a reference into `components`, such as to a response or a
/// parameter.
pub(super) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

impl Operation {
    /// Compiles an operation. `shared` are the parameters that all operations
    /// of the path have.
    pub(super) fn compile(
        document: &Value,
        (method, path): (&'static str, &str),
        operation: &Value,
        shared: &[Value],
        compiler: &Compiler,
    ) -> Result<Self, DocumentError> {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .ok_or("an operation has no operationId")?;
        let own = operation.get("parameters").and_then(Value::as_array);
        let parameters = shared.iter().chain(own.into_iter().flatten());
        let parameters = parameters
            .map(|parameter| Parameter::compile(resolve(document, parameter), compiler))
            .collect::<Result<_, _>>()?;
        let body = operation.get("requestBody");
        let body = body
            .map(|body| RequestBody::compile(resolve(document, body), compiler))
            .transpose()?;
        let mut responses = BTreeMap::new();
        let mut is_list = false;
        let documented = operation.get("responses").and_then(Value::as_object);
        let mut success = None;
        for (status, response) in documented.into_iter().flatten() {
            let code = status.parse().ok().filter(StatusCode::is_success);
            success = success.or(code);
            if let Some(schema) = json_schema(resolve(document, response)) {
                let schema = compiler.resolve(schema);
                let data = schema.pointer("/properties/data");
                let data = data.map(|data| compiler.resolve(data));
                let is_array = |data: &Value| data.get("type") == Some(&"array".into());
                is_list |= status.starts_with('2') && data.is_some_and(is_array);
                responses.insert(status.to_ascii_uppercase(), compiler.compile(schema)?);
            }
        }
        Ok(Self {
            id: id.to_owned(),
            method,
            path: path.to_owned(),
            is_read: matches!(method, "get" | "head"),
            success: success.unwrap_or(StatusCode::OK),
            parameters,
            body,
            is_list,
            responses,
        })
    }

    /// Returns the schema of a JSON body, as the document has it.
    pub(super) fn json_schema(&self) -> Option<&Value> {
        self.body.as_ref()?.json_schema.as_ref()
    }

    /// Returns all violations in a JSON body.
    pub(super) fn check_body(&self, body: &Value) -> Vec<Violation> {
        let schema = self.body.as_ref();
        schema.map_or_else(Vec::new, |schema| schema.check(body))
    }

    /// Returns the parameters in `path`, `query` or `header`.
    fn parameters(&self, place: &str) -> Vec<&Parameter> {
        let parameters = self.parameters.iter();
        parameters
            .filter(|parameter| parameter.place == place)
            .collect()
    }

    /// Reads and checks the parameters in path, query and headers, and reports
    /// all violations. Headers that the document doesn't name are ignored.
    pub(crate) fn read_parameters(
        &self,
        mut query: Vec<(String, String)>,
        path: &[(String, String)],
        headers: &HeaderMap,
        unknown: UnknownParameters,
    ) -> Result<Values, Vec<Violation>> {
        let (mut values, mut violations) = (Values::new(), Vec::new());
        let mut read = |parameters: &[&Parameter], pairs: &[(String, String)]| {
            parameters::read(parameters, pairs, &mut values, &mut violations);
        };
        read(&self.parameters("path"), path);
        let in_query = self.parameters("query");
        if unknown == UnknownParameters::RefusedByLists && !self.is_list {
            query.retain(|(name, _)| in_query.iter().any(|known| known.name == *name));
        }
        read(&in_query, &query);
        let in_headers = self.parameters("header");
        let named = in_headers.iter().flat_map(|parameter| {
            let values = headers.get_all(&parameter.name).iter();
            values.map(|value| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (parameter.name.clone(), value)
            })
        });
        read(&in_headers, &named.collect::<Vec<_>>());
        match violations.is_empty() {
            true => Ok(values),
            false => Err(violations),
        }
    }

    /// Returns all violations in one of our responses. A success that the
    /// document doesn't mention is a violation too.
    pub(crate) fn check_response(&self, status: StatusCode, body: &Value) -> Vec<Violation> {
        let class = format!("{}XX", status.as_u16() / 100);
        let schema = self
            .responses
            .get(status.as_str())
            .or_else(|| self.responses.get(&class))
            .or_else(|| self.responses.get("DEFAULT"));
        match schema {
            Some(schema) => schema.violations(body),
            // Any operation may be refused, also with a status that the
            // document doesn't list.
            None if !status.is_success() => Vec::new(),
            None => vec![Violation::new(
                &[],
                format!("The document has no response {status}."),
            )],
        }
    }
}

/// Returns the schema of the JSON content of a body or a response.
fn json_schema(holder: &Value) -> Option<&Value> {
    holder
        .get("content")?
        .get("application/json")?
        .get("schema")
}
