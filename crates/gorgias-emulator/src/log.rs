//! The log of requests and answers, without secrets or bodies.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use ::http::{Method, StatusCode};
use chrono::{DateTime, SecondsFormat, Utc};

/// One request and its answer.
///
/// Its `Display` is one line: time, status (`---` when the client saw none),
/// method, path with query, user agent, and the fault if one happened. It holds
/// no credentials and no bodies, but the path may hold an external id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// When the exchange was logged, after the request was handled.
    pub time: DateTime<Utc>,
    /// The answer's status; none when a fault lost the answer.
    pub status: Option<StatusCode>,
    /// The request's method.
    pub method: Method,
    /// The request's path, with its query.
    pub path: String,
    /// The id of the requested operation, if the service has it.
    pub operation: Option<String>,
    /// The request's `User-Agent`.
    pub user_agent: Option<Arc<str>>,
    /// The kind of the request's credentials.
    pub auth: LoggedAuth,
    /// The answer's `x-request-id`; none when a fault lost the answer.
    pub request_id: Option<String>,
    /// The calls used and the calls allowed, as in the answer's
    /// `X-Gorgias-Account-Api-Call-Limit`; none without a limit or without an answer.
    pub rate_limit: Option<(u32, u32)>,
    /// The id of the ticket in the request or the answer.
    pub ticket_id: Option<i64>,
    /// The id of the fault that happened.
    pub fault: Option<&'static str>,
}

/// The kind of a request's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoggedAuth {
    /// No credentials, or unreadable ones.
    None,
    /// An e-mail and an API key.
    Basic,
    /// An access token.
    Bearer,
}

impl fmt::Display for Exchange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time.to_rfc3339_opts(SecondsFormat::Millis, true);
        match self.status {
            Some(status) => write!(out, "{time} {}", status.as_u16())?,
            None => write!(out, "{time} ---")?,
        }
        let agent = self.user_agent.as_deref().unwrap_or("-");
        write!(out, " {} {} \"{agent}\"", self.method, self.path)?;
        match self.fault {
            Some(fault) => write!(out, " {fault}"),
            None => Ok(()),
        }
    }
}

/// The newest exchanges, and counts of all exchanges.
#[derive(Debug)]
pub(crate) struct ExchangeLog {
    capacity: usize,
    exchanges: VecDeque<Exchange>,
    total: u64,
    by_status: BTreeMap<StatusCode, u64>,
}

impl ExchangeLog {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            exchanges: VecDeque::new(),
            total: 0,
            by_status: BTreeMap::new(),
        }
    }

    pub(crate) fn push(&mut self, exchange: Exchange) {
        self.total = self.total.saturating_add(1);
        if let Some(status) = exchange.status {
            let count = self.by_status.entry(status).or_default();
            *count = count.saturating_add(1);
        }
        if self.exchanges.len() >= self.capacity {
            self.exchanges.pop_front();
        }
        if self.capacity > 0 {
            self.exchanges.push_back(exchange);
        }
    }

    pub(crate) fn newest(&self) -> Vec<Exchange> {
        self.exchanges.iter().cloned().collect()
    }

    pub(crate) fn count(&self, status: StatusCode) -> u64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }
}
