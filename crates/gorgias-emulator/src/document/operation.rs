//! Compiles an operation of the document, and checks parameters and responses against it.

use std::collections::BTreeMap;

use ::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::DocumentError;
use super::body::{JSON_SCHEMA, RequestBody};
use super::compiler::Compiler;
use super::parameters::{Parameters, Values};
use super::schema::Schema;
use super::violation::Violation;
use crate::strictness::UnknownParameters;

/// One operation of the document, compiled.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The HTTP method, in upper case.
    pub(crate) method: String,
    pub(crate) path: String,
    /// Whether the operation changes nothing.
    pub(crate) is_read: bool,
    /// The status of a success.
    pub(crate) success: StatusCode,
    in_path: Parameters,
    in_query: Parameters,
    in_headers: Parameters,
    pub(super) body: Option<RequestBody>,
    /// Whether the answer is a list: an object with an array `data`.
    pub(crate) is_list: bool,
    /// The schemas of the JSON responses, by status code, class (`4XX`) or `DEFAULT`.
    responses: BTreeMap<String, Schema>,
}

impl Operation {
    /// Compiles an operation. `shared` are the parameters that all operations
    /// of the path have.
    pub(super) fn compile<'a>(
        (id, method, path): (&str, &str, &str),
        operation: &'a Value,
        shared: Option<&'a Value>,
        compiler: &Compiler<'a>,
    ) -> Result<Self, DocumentError> {
        let lists = [shared, operation.get("parameters")].into_iter().flatten();
        let parameters = lists.filter_map(Value::as_array).flatten();
        let parameters = parameters.map(|parameter| compiler.resolve(parameter));
        let parameters: Vec<&Value> = parameters.collect();
        let parameters = |place: &str| Parameters::compile(place, &parameters, compiler);
        let body = operation.get("requestBody");
        let body = body.map(|body| RequestBody::compile(compiler.resolve(body), compiler));
        let mut responses = BTreeMap::new();
        let mut is_list = false;
        let documented = operation.get("responses").and_then(Value::as_object);
        let mut success = None;
        for (status, response) in documented.into_iter().flatten() {
            let code = status.parse().ok().filter(StatusCode::is_success);
            success = success.or(code);
            if let Some(schema) = compiler.resolve(response).pointer(JSON_SCHEMA) {
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
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            is_read: matches!(method, "get" | "head"),
            success: success.unwrap_or(StatusCode::OK),
            in_path: parameters("path")?,
            in_query: parameters("query")?,
            in_headers: parameters("header")?,
            body: body.transpose()?,
            is_list,
            responses,
        })
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
        if unknown == UnknownParameters::RefusedByLists && !self.is_list {
            query.retain(|(name, _)| self.in_query.has(name));
        }
        let headers = self.in_headers.names().flat_map(|name| {
            let values = headers.get_all(name).iter();
            values.map(|value| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.clone(), value)
            })
        });
        let headers: Vec<_> = headers.collect();
        let mut values = Values::new();
        let mut violations = self.in_path.read(path, &mut values);
        violations.extend(self.in_query.read(&query, &mut values));
        violations.extend(self.in_headers.read(&headers, &mut values));
        match violations.is_empty() {
            true => Ok(values),
            false => Err(violations),
        }
    }

    /// Returns all violations in a response of the emulator. A success that the document
    /// doesn't mention is a violation too.
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
