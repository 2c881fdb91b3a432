//! Builds the request of an operation from its parameters, and checks each.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::cursor::is_cursor;
use super::{JsonBody, KeptForm, Request};
use crate::BoxError;
use crate::connection::Connection;
use crate::error::Error;
use crate::json_value::json_value;
use crate::operation::Operation;
use crate::transport::Body;
use crate::validate::{Found, Rule, Violation, examine};

/// A request under construction. Each parameter is checked when it is added;
/// [`finish`](Self::finish) reports all violations together.
#[derive(Debug)]
pub struct Draft {
    request: Request,
    pub(super) query: Pairs,
    found: Found,
    failure: Option<BoxError>,
}

impl Draft {
    /// Starts the request of an operation. The path is the operation's
    /// template, whose parameters [`path`](Self::path) fills in.
    #[must_use]
    pub fn new(operation: &'static Operation) -> Self {
        Self::of_path(operation.template().unwrap_or_default())
    }

    /// Starts a request of a path without parameters.
    pub(super) fn of_path(path: impl Into<Cow<'static, str>>) -> Self {
        Self {
            request: Request::new(path),
            query: Pairs::default(),
            found: Found::default(),
            failure: None,
        }
    }

    /// Fills in a parameter of the path.
    pub fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        value: &T,
    ) {
        let Some(value) = self.checked(name, rule, false, value) else {
            return;
        };
        let text = text(value);
        // An empty or dotted segment would name another resource.
        if matches!(text.as_str(), "" | "." | "..") {
            self.refuse(name, "must not be empty, `.` or `..`");
            return;
        }
        let mut encoded = String::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    encoded.push(char::from(byte));
                }
                _ => encoded.push_str(&format!("%{byte:02X}")),
            }
        }
        let target = &mut self.request.target;
        *target = target.replace(&format!("{{{name}}}"), &encoded).into();
    }

    /// Adds a parameter to the query. A list becomes one parameter for each
    /// item. The items of a list within a list are joined with commas.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        if let Some(value) = self.checked(name, rule, is_required, value) {
            self.add_to_query(name, value);
        }
    }

    fn add_to_query(&mut self, name: &str, value: Value) {
        match value {
            // Nobody knows how the service treats an empty filter. The service might
            // return everything.
            Value::String(text) if text.is_empty() => {
                self.refuse(name, "must not be empty");
            }
            Value::Array(items) => {
                for item in items {
                    self.query.push(name, &text(item));
                }
            }
            value => self.query.push(name, &text(value)),
        }
    }

    /// Adds a cursor, which names the start of a page of a list, to the query.
    pub fn cursor(&mut self, name: &str, value: Option<&str>) {
        match value {
            None => {}
            Some(cursor) if is_cursor(cursor) => self.query.push(name, cursor),
            Some(_) => self.refuse(name, "must be 1 to 512 visible ASCII characters"),
        }
    }

    /// Adds a parameter as a header.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        let value = match self.checked(name, rule, is_required, value) {
            None | Some(Value::Null) => return,
            Some(value) => text(value),
        };
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => self.request.headers.push((name, value)),
            _ => self.refuse(name, "must not contain a line break or NUL"),
        }
    }

    /// Checks and encodes a JSON body, and sets it.
    pub fn json<T: Serialize>(&mut self, rule: Option<&'static Rule>, body: &JsonBody<T>) {
        match body.encoded(rule) {
            Ok((bytes, found)) => {
                self.add(found);
                let content_type = HeaderValue::from_static("application/json");
                self.request.set_body(content_type, bytes.into());
            }
            Err(error) => self.fail(error),
        }
    }

    /// Checks a value and sets the body to its fields, encoded as a form.
    pub fn form<T: Serialize>(&mut self, rule: Option<&'static Rule>, body: &T) {
        if let Some(rule) = rule {
            self.add(examine(rule, body));
        }
        let Some(Value::Object(fields)) = json_value(body) else {
            return self.fail("the form isn't a JSON object");
        };
        let mut form = Pairs::default();
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
            form.push(&name, &text(value));
        }
        let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.request.set_body(content_type, form.0.into());
    }

    /// Sets a body of several parts.
    pub fn multipart(&mut self, form: &KeptForm) {
        self.body(&form.content_type, form.body.take());
    }

    /// Sets the body to bytes or a stream, without a check. Without a body the
    /// request fails, because an earlier call has sent the body.
    pub fn body(&mut self, content_type: &str, body: Option<Body>) {
        match (HeaderValue::try_from(content_type), body) {
            (Ok(content_type), Some(body)) => self.request.set_body(content_type, body),
            (Err(error), _) => self.fail(error),
            (_, None) => self.fail("the body was sent before"),
        }
    }

    /// Makes [`finish`](Self::finish) fail with this cause, unless it reports
    /// violations.
    pub(super) fn fail(&mut self, cause: impl Into<BoxError>) {
        self.failure = Some(cause.into());
    }

    /// Adds a violation.
    fn refuse(&mut self, name: &str, message: &str) {
        self.found.violations.push(Violation::new(name, message));
    }

    /// Removes the violations of attachment addresses that the connection allows.
    pub(super) fn allow_addresses_of(&mut self, connection: &Connection) {
        connection.allow(&mut self.found);
    }

    /// Returns the request, if no parameter breaks a rule.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with every
    /// violation, or with the cause if the request can't be built.
    pub fn finish(mut self) -> Result<Request, Error> {
        self.found.result().map_err(Error::invalid)?;
        if let Some(failure) = self.failure {
            return Err(Error::unbuildable(failure));
        }
        let (path, query) = (&self.request.target, &self.query.0);
        if !query.is_empty() {
            let separator = if path.contains('?') { '&' } else { '?' };
            self.request.target = format!("{path}{separator}{query}").into();
        }
        Ok(self.request)
    }

    /// Checks a value and returns it as JSON. Returns `None` for a value that
    /// is null or can't be encoded.
    pub(super) fn checked<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) -> Option<Value> {
        self.checked_value(name, rule, is_required, json_value(value))
    }

    fn checked_value(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: Option<Value>,
    ) -> Option<Value> {
        let Some(value) = value else {
            self.refuse(name, "cannot be written");
            return None;
        };
        if value.is_null() {
            if is_required {
                self.refuse(name, "is required");
            }
            return None;
        }
        if let Some(rule) = rule {
            let found = examine(rule, &value).violations.into_iter();
            let found = found.map(|violation| violation.of_parameter(name));
            self.found.violations.extend(found);
        }
        Some(value)
    }

    fn add(&mut self, found: Found) {
        self.found.violations.extend(found.violations);
        self.found.addresses.extend(found.addresses);
    }
}

/// Names and values, encoded as `application/x-www-form-urlencoded`.
#[derive(Debug, Default)]
pub(super) struct Pairs(pub(super) String);

impl Pairs {
    pub(super) fn push(&mut self, name: &str, value: &str) {
        let value: String = byte_serialize(value.as_bytes()).collect();
        self.push_encoded(name, &value);
    }

    /// Adds a value that is encoded already.
    pub(super) fn push_encoded(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(name.as_bytes()));
        self.0.push('=');
        self.0.push_str(value);
    }
}

/// Returns a JSON value as text: a string without its quotes, and a list with
/// commas between its items.
pub(super) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) => {
            let items: Vec<_> = items.into_iter().map(text).collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}
