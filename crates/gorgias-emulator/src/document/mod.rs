//! The compiled OpenAPI document, which decides whether a request is valid.
//! `compiler` compiles schemas, `route` finds operations, and `operation`,
//! `parameters` and `body` check a request.

mod body;
mod compiler;
mod convert;
mod int64;
mod operation;
mod parameters;
mod relax;
mod route;
mod schema;
mod template;
pub(crate) mod unserved;
mod violation;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ::http::{HeaderMap, Method, header};
use serde_json::{Value, json};

use crate::strictness::{Strictness, UnknownKeys};

use compiler::Compiler;

pub(crate) use body::BadBody;
pub(crate) use operation::Operation;
pub(crate) use parameters::Values;
pub(crate) use route::Found;
pub(crate) use schema::Schema;
pub(crate) use violation::{Violation, listed};

/// The OpenAPI document as JSON, written by `cargo xtask regen`.
pub(crate) const EMBEDDED: &str = include_str!("../document.json");

/// The compiled document.
#[derive(Debug)]
pub(crate) struct Document {
    routes: Vec<route::Route>,
    /// The schema of a ticket to load: a ticket as the service returns it, of
    /// which only the id is required.
    pub(crate) loadable: Schema,
    unknown_keys: UnknownKeys,
}

/// The error of a document that lacks something the emulator needs.
pub(crate) type DocumentError = Box<dyn std::error::Error + Send + Sync>;

/// Compiling takes milliseconds, and a test suite builds many emulators, so
/// the document is compiled once per process and strictness.
static COMPILED: Mutex<Vec<(Strictness, Arc<Document>)>> = Mutex::new(Vec::new());

impl Document {
    /// Returns the embedded document, changed by the given switches.
    pub(crate) fn embedded(strictness: Strictness) -> Result<Arc<Self>, DocumentError> {
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, document)) = compiled.iter().find(|(known, _)| *known == strictness) {
            return Ok(Arc::clone(document));
        }
        let document: Value = serde_json::from_str(EMBEDDED)
            .map_err(|error| format!("the document is not JSON: {error}"))?;
        let document = Arc::new(Self::compile(document, strictness)?);
        compiled.push((strictness, Arc::clone(&document)));
        Ok(document)
    }

    pub(crate) fn compile(
        mut document: Value,
        strictness: Strictness,
    ) -> Result<Self, DocumentError> {
        let loadable = loadable(&document)?;
        relax::apply(strictness, &mut document)?;
        let compiler = Compiler::new(&document, strictness.naive_datetimes)?;
        let paths = document.get("paths").and_then(Value::as_object);
        let mut routes = Vec::new();
        for (template, item) in paths.ok_or("the document has no paths")? {
            let mut operations = BTreeMap::new();
            for (method, operation) in item.as_object().into_iter().flatten() {
                let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
                    continue;
                };
                let name = (id, method.as_str(), template.as_str());
                let shared = item.get("parameters");
                let operation = Operation::compile(name, operation, shared, &compiler)?;
                operations.insert(operation.method.clone(), operation);
            }
            routes.push(route::Route::new(template, operations));
        }
        route::sort(&mut routes);
        Ok(Self {
            routes,
            loadable,
            unknown_keys: strictness.unknown_keys,
        })
    }

    /// Finds the operation of a method and a path.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Found<'_> {
        route::find(&self.routes, method, path)
    }

    /// Returns all operations, in the order of ids.
    pub(crate) fn operations(&self) -> Vec<&Operation> {
        let routes = self.routes.iter();
        let mut operations: Vec<_> = routes.flat_map(|route| route.operations.values()).collect();
        operations.sort_unstable_by_key(|operation| operation.id.as_str());
        operations
    }

    /// Reads and checks the body of a request. Returns null for an operation without a
    /// body, for a body that isn't JSON, and for an empty body that is optional.
    pub(crate) fn read_body(
        &self,
        operation: &Operation,
        headers: &HeaderMap,
        bytes: &[u8],
    ) -> Result<Value, BadBody> {
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok());
        let body = operation.body.as_ref();
        let Some(body) = body.map_or(Ok(None), |body| body.read(kind, bytes))? else {
            return Ok(Value::Null);
        };
        self.accept(operation, body).map_err(BadBody::Invalid)
    }

    /// Checks the body of a request to create a ticket.
    pub(crate) fn read_create(&self, body: Value) -> Result<Value, Vec<Violation>> {
        let operations = self.operations();
        match operations.iter().find(|one| one.id == "create_ticket") {
            Some(create) => self.accept(create, body),
            None => Ok(body),
        }
    }

    /// Returns a JSON body without the keys that are ignored, or all violations
    /// in it.
    fn accept(&self, operation: &Operation, mut body: Value) -> Result<Value, Vec<Violation>> {
        let checked = operation.body.as_ref().map(|known| known.check(&body));
        let mut violations = checked.unwrap_or_default();
        if self.unknown_keys == UnknownKeys::Ignored {
            violations.retain(|violation| !violation.remove_unknown(&mut body));
        }
        match violations.is_empty() {
            true => Ok(body),
            false => Err(violations),
        }
    }
}

/// Compiles the schema `Ticket` without any `required`, also in the schemas it
/// refers to, except for the ticket's id.
fn loadable(document: &Value) -> Result<Schema, DocumentError> {
    let mut document = json!({ "components": document.get("components") });
    let components = document.pointer_mut("/components/schemas");
    let components = components.and_then(Value::as_object_mut);
    let components = components.ok_or("the document has no components")?;
    for schema in components.values_mut().filter_map(Value::as_object_mut) {
        schema.remove("required");
    }
    let ticket = components.get_mut("Ticket").and_then(Value::as_object_mut);
    let ticket = ticket.ok_or("there is no component Ticket")?;
    ticket.insert("required".to_owned(), json!(["id"]));
    let root = json!({ "$ref": "#/components/schemas/Ticket" });
    Compiler::new(&document, true)?.compile(&root)
}
