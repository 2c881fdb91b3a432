//! Finishes an exchange: adds the headers that every answer has, and logs it.

use std::sync::MutexGuard;

use ::http::{HeaderName, HeaderValue, Request, Response, header};
use bytes::Bytes;

use super::{Account, Answered, Delivery, lock};
use crate::auth;
use crate::document::Found;
use crate::log::{Exchange, ExchangeLog};

const CALL_LIMIT: HeaderName = HeaderName::from_static("x-gorgias-account-api-call-limit");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl Account {
    /// Answers a request and logs the exchange.
    pub(crate) fn run(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let answered = self.answer(request, Delivery::default());
        self.finish(request, answered, None)
    }

    /// Adds the headers that every answer has, and logs the exchange.
    pub(crate) fn finish(
        &self,
        request: &Request<Bytes>,
        answered: Answered,
        fault: Option<&'static str>,
    ) -> Response<Bytes> {
        let Answered { answer, decision } = answered;
        let request_id = lock(&self.request_ids).next();
        let (status, ticket_id) = (answer.status, answer.ticket_id);
        let mut response: Response<Bytes> = answer.into();
        if let Ok(value) = HeaderValue::from_str(&request_id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let level = decision.map(|decision| (decision.used, decision.limit));
        if let Some((used, limit)) = level
            && let Ok(value) = HeaderValue::from_str(&format!("{used}/{limit}"))
        {
            response.headers_mut().insert(CALL_LIMIT, value);
        }
        self.record(request, |exchange| {
            exchange.status = Some(status);
            exchange.request_id = Some(request_id);
            exchange.rate_limit = level;
            exchange.ticket_id = ticket_id;
            exchange.fault = fault;
        });
        response
    }

    /// Logs an exchange in which the client gets no answer, because of a fault.
    pub(crate) fn log_lost(
        &self,
        request: &Request<Bytes>,
        ticket_id: Option<i64>,
        fault: Option<&'static str>,
    ) {
        self.record(request, |exchange| {
            exchange.ticket_id = ticket_id;
            exchange.fault = fault;
        });
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, ExchangeLog> {
        lock(&self.log)
    }

    /// Logs an exchange. `complete` sets the members that don't follow from the request.
    fn record(&self, request: &Request<Bytes>, complete: impl FnOnce(&mut Exchange)) {
        let user_agent = request
            .headers()
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        let path = request.uri().path_and_query();
        let operation = match self.find(request.method(), request.uri().path()) {
            Found::Operation { operation, .. } => Some(operation.id.clone()),
            Found::Unserved(id) => Some(id.to_owned()),
            _ => None,
        };
        let mut exchange = Exchange {
            time: self.settings.clock.now(),
            status: None,
            method: request.method().clone(),
            path: path.map_or_else(String::new, |path| path.as_str().to_owned()),
            operation,
            user_agent: user_agent.map(Into::into),
            auth: auth::logged(request.headers()),
            request_id: None,
            rate_limit: None,
            ticket_id: None,
            fault: None,
        };
        complete(&mut exchange);
        if let Some(hook) = &self.settings.hook {
            hook(&exchange);
        }
        self.log().push(exchange);
    }
}
