//! The span of one attempt.

use std::borrow::Cow;

use bytes::Bytes;
use http::{Response, StatusCode, Uri};
use tracing::field::Empty;
use tracing::instrument::Instrumented;
use tracing::{Instrument, Span};

use crate::delivery::{Delivery, of_failure, of_head};
use crate::error::ErrorKind;
use crate::operation::Operation;
use crate::pacer::RateLimitSnapshot;
use crate::transport::{Phase, TransportError};

/// The span of one attempt. If an `Attempt` is dropped before its exchange
/// ended, the span is marked as cancelled.
#[derive(Debug)]
pub struct Attempt {
    span: Span,
    write: bool,
    open: bool,
}

impl Attempt {
    /// Starts the span of an attempt. `sent_before` is the number of earlier
    /// attempts.
    pub(crate) fn new(operation: &Operation, uri: &Uri, sent_before: u32) -> Self {
        let method = operation.method();
        let span = tracing::info_span!(
            target: "gorgias",
            "HTTP request",
            otel.kind = "client",
            otel.name = Empty,
            otel.status_code = Empty,
            http.request.method = method.as_str(),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            server.address = uri.host().unwrap_or_default(),
            server.port = port(uri),
            url.template = Empty,
            "error.type" = Empty,
            gorgias.operation = operation.id(),
            gorgias.delivery = Empty,
            gorgias.rate_limit.used = Empty,
            gorgias.rate_limit.limit = Empty,
        );
        if !span.is_disabled() {
            match operation.template() {
                Some(template) => {
                    span.record("url.template", template);
                    span.record("otel.name", format!("{method} {template}"))
                }
                None => span.record("otel.name", method.as_str()),
            };
            if sent_before > 0 {
                span.record("http.request.resend_count", sent_before);
            }
        }
        Self {
            span,
            write: operation.effect().is_write(),
            open: true,
        }
    }

    /// Runs the exchange within the span.
    pub(crate) fn around<F: Future>(&self, exchange: F) -> Instrumented<F> {
        exchange.instrument(self.span.clone())
    }

    /// Records how the exchange ended.
    pub(crate) fn ended(&mut self, outcome: &Result<Response<Bytes>, TransportError>) {
        self.open = false;
        if self.span.is_disabled() {
            return;
        }
        let (head, delivery) = match outcome {
            Ok(response) => {
                let (status, headers) = (response.status(), response.headers());
                (Some((status, headers)), of_head(status, headers))
            }
            Err(failure) => (failure.head(), of_failure(failure)),
        };
        if let Some((status, headers)) = head {
            self.span
                .record("http.response.status_code", status.as_u16());
            if let Some(seen) = RateLimitSnapshot::from_headers(headers) {
                self.span.record("gorgias.rate_limit.used", seen.used());
                self.span.record("gorgias.rate_limit.limit", seen.limit());
            }
        }
        let error = match (outcome, head) {
            (_, Some((status, _))) if !status.is_success() => Some(status_text(status)),
            (Ok(_), _) => None,
            (Err(failure), _) if failure.is_timeout() => Some("timeout".into()),
            (Err(failure), _) => Some(phase(failure.phase()).into()),
        };
        if let Some(error) = error {
            self.failed(&error);
        }
        self.record_delivery(delivery);
    }

    /// Records that the body of a successful response couldn't be read.
    pub(crate) fn unreadable(&self) {
        self.failed(kind(ErrorKind::UnexpectedResponse));
    }

    fn failed(&self, error: &str) {
        self.span.record("error.type", error);
        self.span.record("otel.status_code", "ERROR");
    }

    fn record_delivery(&self, delivery: Delivery) {
        if self.write {
            self.span
                .record("gorgias.delivery", delivery_text(delivery));
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.open {
            self.failed("cancelled");
            self.record_delivery(Delivery::Unknown);
        }
    }
}

fn port(uri: &Uri) -> u16 {
    let usual = if uri.scheme_str() == Some("http") {
        80
    } else {
        443
    };
    uri.port_u16().unwrap_or(usual)
}

pub(super) fn delivery_text(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::NotSent => "not_sent",
        Delivery::Rejected => "rejected",
        Delivery::Applied => "applied",
        Delivery::Unknown => "unknown",
    }
}

/// Returns the `error.type` of an error: the status of the response if that
/// isn't a success, or else the kind of the error.
pub(super) fn error_type(error: ErrorKind, status: Option<StatusCode>) -> Cow<'static, str> {
    match status.filter(|status| !status.is_success()) {
        Some(status) => status_text(status),
        None => kind(error).into(),
    }
}

fn status_text(status: StatusCode) -> Cow<'static, str> {
    Cow::Owned(status.as_u16().to_string())
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::BeforeDispatch => kind(ErrorKind::Connect),
        Phase::Body => kind(ErrorKind::UnexpectedResponse),
        _ => kind(ErrorKind::Transport),
    }
}

fn kind(error: ErrorKind) -> &'static str {
    match error {
        ErrorKind::Timeout => "timeout",
        ErrorKind::Connect => "connect",
        ErrorKind::Transport => "transport",
        ErrorKind::UnexpectedResponse => "unexpected_response",
        _ => "_OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_follows_from_the_scheme() {
        let port = |uri: &str| port(&uri.parse().unwrap());
        assert_eq!(port("https://acme.gorgias.com/api/tickets"), 443);
        assert_eq!(port("http://127.0.0.1/api/tickets"), 80);
        assert_eq!(port("http://127.0.0.1:8080/api/tickets"), 8080);
    }
}
