//! The request of an operation, written parameter by parameter.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::{CallOptions, JsonBody, KeptForm, Request};
use crate::error::Error;
use crate::operation::Operation;
use crate::transport::Body;
use crate::validate::{Found, Rule, Violation, examine};

/// A request that is being written. Everything in it is checked, and all that
/// is wrong is told at the end.
#[derive(Debug)]
pub struct Draft {
    path: Cow<'static, str>,
    query: Pairs,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<(HeaderValue, Body)>,
    found: Found,
    failure: Option<Error>,
}

impl Draft {
    /// The request of an operation whose path has no parameters.
    #[must_use]
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            path: operation.template().unwrap_or_default().into(),
            query: Pairs::default(),
            headers: Vec::new(),
            body: None,
            found: Found::default(),
            failure: None,
        }
    }

    /// Writes a parameter into its place in the path.
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
            self.found
                .violations
                .push(Violation::new(name, "must name a part of the path"));
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
        self.path = self.path.replace(&format!("{{{name}}}"), &encoded).into();
    }

    /// Writes a parameter into the query. A list is written as one parameter
    /// for each item, and the items of a list within it with commas between
    /// them.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) {
        match self.checked(name, rule, is_required, value) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) => {
                for item in items {
                    self.query.push(name, &text(item));
                }
            }
            Some(value) => self.query.push(name, &text(value)),
        }
    }

    /// Writes a parameter into a header.
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
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self
                .found
                .violations
                .push(Violation::new(name, "must not contain a line break or NUL")),
        }
    }

    /// Sets the body: JSON that is checked and encoded here, or was before.
    pub fn json<T: Serialize>(&mut self, rule: Option<&'static Rule>, body: &JsonBody<T>) {
        match body.encoded(rule) {
            Ok((bytes, found)) => {
                self.add(found);
                let content_type = HeaderValue::from_static("application/json");
                self.body = Some((content_type, bytes.into()));
            }
            Err(error) => self.failure = Some(error),
        }
    }

    /// Sets the body: the fields of a value as those of a form, once they were
    /// checked.
    pub fn form<T: Serialize>(&mut self, rule: Option<&'static Rule>, body: &T) {
        if let Some(rule) = rule {
            self.add(examine(rule, body));
        }
        let fields = match serde_json::to_value(body) {
            Ok(Value::Object(fields)) => fields,
            _ => {
                self.failure = Some(Error::unbuildable("the form is no object"));
                return;
            }
        };
        let mut form = Pairs::default();
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
            form.push(&name, &text(value));
        }
        let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.body = Some((content_type, form.0.into()));
    }

    /// Sets a body of several parts.
    pub fn multipart(&mut self, form: &KeptForm) {
        self.body(form.content_type(), form.take());
    }

    /// Sets a body that is sent as it is.
    pub fn body(&mut self, content_type: &str, body: Option<Body>) {
        match (HeaderValue::try_from(content_type), body) {
            (Ok(content_type), Some(body)) => self.body = Some((content_type, body)),
            _ => self.failure = Some(Error::unbuildable("the body was sent before")),
        }
    }

    /// Adds to what is wrong with it.
    pub fn refuse(&mut self, name: &str, message: &str) {
        self.found.violations.push(Violation::new(name, message));
    }

    /// Lets attachments have any address.
    pub(super) fn allow_any_address(&mut self) {
        self.found.addresses.clear();
    }

    /// The request, if everything in it may be sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with every
    /// violation.
    pub fn finish(self, options: CallOptions) -> Result<Request, Error> {
        self.found.result().map_err(Error::invalid)?;
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let target = match self.query.0.is_empty() {
            true => self.path,
            false => format!("{}?{}", self.path, self.query.0).into(),
        };
        let mut request = Request::new(target).options(options);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        Ok(match self.body {
            Some((content_type, body)) => request.body(content_type, body),
            None => request,
        })
    }

    /// The value as JSON, unless it breaks its rule. None when there is none.
    fn checked<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        rule: Option<&'static Rule>,
        is_required: bool,
        value: &T,
    ) -> Option<Value> {
        let value = match serde_json::to_value(value) {
            Ok(value) => value,
            Err(_) => {
                self.found
                    .violations
                    .push(Violation::new(name, "cannot be written"));
                return None;
            }
        };
        if value.is_null() {
            if is_required {
                self.found
                    .violations
                    .push(Violation::new(name, "is required"));
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

/// Names and values as a query or form has them.
#[derive(Debug, Default)]
struct Pairs(String);

impl Pairs {
    fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(name.as_bytes()));
        self.0.push('=');
        self.0.extend(byte_serialize(value.as_bytes()));
    }
}

/// A value as text, without quotes.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) => {
            let items: Vec<_> = items.into_iter().map(text).collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}
