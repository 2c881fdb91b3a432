//! Routes a request, and checks it: its credentials, the rate limit, its
//! parameters and its body.

use std::borrow::Cow;

use ::http::{HeaderMap, Method, Request, header};
use bytes::Bytes;

use super::{Account, Delivery};
use crate::auth::Caller;
use crate::document::{BadBody, Found, Operation, Violation};
use crate::http::answer::Answer;
use crate::http::{envelope, form, query};
use crate::limit::Decision;
use crate::routes::{self, Call};
use crate::strictness::RepeatedSlashes;

/// The operation and the call of a valid request, or the answer to any other request,
/// which has no effect.
pub(super) type Checked<'a> = Result<(&'a Operation, Call), Box<Answer>>;

impl Account {
    /// Finds the operation of a method and a path.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Found<'_> {
        let path = match self.settings.strictness.repeated_slashes {
            RepeatedSlashes::NotFound => Cow::Borrowed(path),
            RepeatedSlashes::Merged => {
                let segments = path.split('/').filter(|segment| !segment.is_empty());
                Cow::Owned(segments.collect::<Vec<_>>().join("/"))
            }
        };
        self.settings.document.find(method, &path)
    }

    /// Routes and checks a request. A request for an unknown path or method is answered
    /// even without credentials. Every request with accepted credentials counts
    /// against the rate limit, whatever the answer.
    pub(super) fn check(
        &self,
        request: &Request<Bytes>,
        delivery: Delivery,
    ) -> (Checked<'_>, Option<Decision>) {
        let now = self.now();
        let found = self.find(request.method(), request.uri().path());
        let caller = self.settings.accounts.authenticate(request.headers());
        let decision = self.limited(|limiter| match &caller {
            Ok(_) => limiter.call(now),
            Err(_) => limiter.level(now),
        });
        let wait = decision.and_then(|decision| decision.retry_after);
        let answer = match (found, caller, wait) {
            (Found::Operation { operation, path }, Ok(caller), None) => {
                let call = self.read(request, operation, &path, caller, delivery);
                return (call.map(|call| (operation, call)), decision);
            }
            (Found::Nothing, ..) => self.not_found(request),
            (Found::Unserved(id), ..) => envelope::not_emulated(id),
            (Found::WrongMethod(allowed), ..) => envelope::wrong_method(&allowed),
            (_, Err(refusal), _) => envelope::unauthorized(refusal),
            (_, _, Some(wait)) => envelope::rate_limited(wait),
        };
        (Err(Box::new(answer)), decision)
    }

    /// Answers a path without an operation: with an uploaded file, or a 404.
    fn not_found(&self, request: &Request<Bytes>) -> Answer {
        let file = match *request.method() {
            Method::GET => routes::file(&self.state().store, request.uri().path()),
            _ => None,
        };
        file.unwrap_or_else(envelope::no_such_path)
    }

    /// Reads and checks the parameters and the body of a request.
    fn read(
        &self,
        request: &Request<Bytes>,
        operation: &Operation,
        path: &[(String, String)],
        caller: Caller,
        delivery: Delivery,
    ) -> Result<Call, Box<Answer>> {
        let uri = request.uri();
        let query = uri.query().unwrap_or_default();
        let path: Vec<(String, String)> = path
            .iter()
            .map(|(name, text)| (name.clone(), query::decode(text)))
            .collect();
        let shape = self.settings.strictness.error_data;
        let headers = request.headers();
        let values = operation
            .read_parameters(
                query::parse(query),
                &path,
                headers,
                self.settings.strictness.unknown_parameters,
            )
            .map_err(|violations| {
                // The message names the first violation, as the service's
                // messages do.
                let message = match violations.first() {
                    Some(first) => format!("{}: {}", first.path.join("."), first.message),
                    None => envelope::failure(&operation.id),
                };
                Box::new(envelope::invalid(&message, &violations, shape))
            })?;
        if request.body().len() > self.settings.max_body {
            return Err(Box::new(envelope::too_large()));
        }
        let body = self
            .settings
            .document
            .read_body(operation, headers, request.body())
            .map_err(|bad| Box::new(self.bad_body(operation, bad)))?;
        let handler = routes::handler(&operation.id);
        let handler = handler.ok_or_else(|| Box::new(envelope::not_emulated(&operation.id)))?;
        Ok(Call {
            handler,
            values,
            body,
            files: form::files(text(headers, &header::CONTENT_TYPE), request.body()),
            caller,
            path: uri.path().to_owned(),
            query: query.to_owned(),
            origin: origin(request),
            now: self.now(),
            visibility_lag: delivery.visibility_lag,
            matching: delivery
                .matching
                .unwrap_or(self.settings.strictness.external_id),
        })
    }

    fn bad_body(&self, operation: &Operation, bad: BadBody) -> Answer {
        match bad {
            BadBody::ContentType(kinds) => envelope::wrong_content_type(&kinds.join(" or ")),
            BadBody::Malformed => envelope::malformed(),
            BadBody::Invalid(violations) => self.invalid(operation, &violations),
        }
    }

    /// Answers a request that violates the document or contradicts the state.
    pub(super) fn invalid(&self, operation: &Operation, violations: &[Violation]) -> Answer {
        let message = envelope::failure(&operation.id);
        envelope::invalid(&message, violations, self.settings.strictness.error_data)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

/// Returns the address that a request was sent to. A request in process may
/// have none.
fn origin(request: &Request<Bytes>) -> String {
    let scheme = request.uri().scheme_str().unwrap_or("http");
    let authority = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let host = authority.unwrap_or_else(|| text(request.headers(), &header::HOST));
    match host {
        "" => "http://localhost".to_owned(),
        host => format!("{scheme}://{host}"),
    }
}
