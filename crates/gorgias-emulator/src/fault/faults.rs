//! The rules of one emulator, shared by its connections and requests.

use std::sync::{Mutex, MutexGuard};

use ::http::Request;
use bytes::Bytes;
use serde::Deserialize;
use tokio::sync::watch;

use super::rule::{Candidate, ConnectionState, FaultRule};
use super::rules::Rules;
use super::settings::{Fault, FaultId};
use crate::account::{Account, lock};
use crate::document::Found;
use crate::http::query;
use crate::timestamp::Timestamp;

/// The rules of one emulator.
pub(crate) struct Faults {
    rules: Mutex<Rules>,
    /// Wakes the accept loop, because a new rule may be for the next
    /// connection.
    changed: watch::Sender<()>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rules: Mutex::new(Rules::new(seed)),
            changed: watch::Sender::new(()),
        }
    }

    pub(crate) fn rules(&self) -> MutexGuard<'_, Rules> {
        lock(&self.rules)
    }

    pub(crate) fn add(&self, rule: FaultRule, now: Timestamp) -> FaultId {
        let id = self.rules().add(rule, now);
        self.changed.send_replace(());
        id
    }

    /// Returns a receiver that is notified when a rule is added.
    pub(crate) fn subscribe(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Returns the fault that happens to a connection before its first request.
    pub(crate) fn of_connection(
        &self,
        connection: ConnectionState,
        now: Timestamp,
    ) -> Option<Fault> {
        let candidate = Candidate {
            connection: Some(connection),
            ..Candidate::default()
        };
        self.rules().take(candidate, now)
    }

    /// Returns the fault that happens to a request.
    pub(crate) fn of_request(
        &self,
        account: &Account,
        request: &Request<Bytes>,
        connection: Option<ConnectionState>,
    ) -> Option<Fault> {
        let mut rules = self.rules();
        if rules.active().is_empty() {
            return None;
        }
        let found = account.find(request.method(), request.uri().path());
        let operation = match &found {
            Found::Operation { operation, .. } => Some(*operation),
            _ => None,
        };
        let external_id = external_id(request);
        let candidate = Candidate {
            operation: operation.map(|operation| operation.id.as_str()),
            is_list: operation.is_some_and(|operation| operation.is_list),
            external_id: external_id.as_deref(),
            connection,
        };
        rules.take(candidate, account.now())
    }
}

/// Returns the external id in a request's body or in a list's filter.
fn external_id(request: &Request<Bytes>) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        external_id: Option<String>,
    }
    if !request.body().is_empty() {
        let body: Body = serde_json::from_slice(request.body()).ok()?;
        return body.external_id;
    }
    query::value(request.uri().query(), "external_id")
}
