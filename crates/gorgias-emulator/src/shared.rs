//! What all handles of an emulator share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::http::Request;
use bytes::Bytes;
use tokio::sync::watch;

use crate::auth::Accounts;
use crate::builder::Hook;
use crate::clock::Clock;
use crate::document::{Document, Found};
use crate::fault::{Candidate, Connection, Fault, Script};
use crate::http::query;
use crate::ids::RequestIds;
use crate::limit::{Limiter, Verdict};
use crate::log::ExchangeLog;
use crate::store::Store;
use crate::strictness::Strictness;

/// What all handles share.
pub(crate) struct Shared {
    pub(crate) document: Arc<Document>,
    pub(crate) clock: Clock,
    pub(crate) accounts: Accounts,
    pub(crate) strictness: Strictness,
    pub(crate) messaging_quota: Option<u64>,
    pub(crate) max_body: usize,
    pub(crate) allow_remote: bool,
    pub(crate) hook: Option<Hook>,
    pub(crate) state: State,
}

/// What changes.
pub(crate) struct State {
    store: Mutex<Store>,
    limiter: Mutex<Option<Limiter>>,
    request_ids: Mutex<RequestIds>,
    log: Mutex<ExchangeLog>,
    script: Mutex<Script>,
    /// Wakes whoever waits for a connection, which a rule may be about.
    pub(crate) script_changed: watch::Sender<()>,
}

impl State {
    pub(crate) fn new(
        store: Store,
        limiter: Option<Limiter>,
        request_ids: RequestIds,
        log: ExchangeLog,
        script: Script,
    ) -> Self {
        Self {
            store: Mutex::new(store),
            limiter: Mutex::new(limiter),
            request_ids: Mutex::new(request_ids),
            log: Mutex::new(log),
            script: Mutex::new(script),
            script_changed: watch::Sender::new(()),
        }
    }
}

/// No lock is held over anything that can panic half-way, so the state behind
/// a poisoned one is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// The store as it is now.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = lock(&self.state.store);
        store.settle(self.clock.now().into());
        store
    }

    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        lock(&self.state.script)
    }

    /// The fault that happens to a request.
    pub(crate) fn fault_for(
        &self,
        request: &Request<Bytes>,
        connection: Option<Connection>,
    ) -> Option<Fault> {
        let mut script = self.script();
        if script.is_empty() {
            return None;
        }
        let found = self.document.find(request.method(), request.uri().path());
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
        script.take(candidate, self.clock.now().into())
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, ExchangeLog> {
        lock(&self.state.log)
    }

    pub(crate) fn next_request_id(&self) -> String {
        lock(&self.state.request_ids).next()
    }

    /// Asks the limiter, if there is one.
    pub(crate) fn limited(&self, ask: impl FnOnce(&mut Limiter) -> Verdict) -> Option<Verdict> {
        lock(&self.state.limiter).as_mut().map(ask)
    }
}

/// The external id a request is about: its body's, or a list's filter.
fn external_id(request: &Request<Bytes>) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Body {
        external_id: Option<String>,
    }
    if !request.body().is_empty() {
        let body: Body = serde_json::from_slice(request.body()).ok()?;
        return body.external_id;
    }
    let pairs = query::parse(request.uri().query().unwrap_or_default());
    let mut pairs = pairs.into_iter();
    pairs
        .find(|(name, _)| name == "external_id")
        .map(|(_, value)| value)
}
