//! The builder of an emulator.

use std::fmt;
use std::sync::Arc;

use crate::account::{Account, Hook, Settings};
use crate::auth::{Accounts, Credentials};
use crate::clock::Clock;
use crate::document::{Document, DocumentError};
use crate::emulator::Emulator;
use crate::fault::Faults;
use crate::limit::{Limiter, RateLimit};
use crate::log::Exchange;
use crate::store::{Store, TicketPolicy};
use crate::strictness::Strictness;

/// The default number of exchanges in the log.
const LOG_CAPACITY: usize = 10_000;

/// The default size of the largest request body, in bytes.
const MAX_BODY: usize = 10 * 1024 * 1024;

/// Builds an emulator; see [`Emulator::builder`].
#[must_use]
pub struct EmulatorBuilder {
    seed: u64,
    clock: Option<Clock>,
    limit: Option<RateLimit>,
    accounts: Accounts,
    strictness: Strictness,
    policy: TicketPolicy,
    max_body: usize,
    log_capacity: usize,
    allow_remote: bool,
    hook: Option<Hook>,
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            seed: 0,
            clock: None,
            limit: Some(RateLimit::api_key()),
            accounts: Accounts::default(),
            strictness: Strictness::default(),
            policy: TicketPolicy::default(),
            max_body: MAX_BODY,
            log_capacity: LOG_CAPACITY,
            allow_remote: false,
            hook: None,
        }
    }
}

impl EmulatorBuilder {
    /// Sets the seed of ids, request ids and all random choices. With the same seed, the
    /// same requests at the same times get the same bytes. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the clock. Default: [`Clock::tokio`] from [`Clock::EPOCH`].
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Sets the account's rate limit; `None` for no limit and no header.
    /// Default: [`RateLimit::api_key`].
    pub fn limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limit = limit.into();
        self
    }

    /// Accepts this e-mail address and API key, and refuses all credentials that were not
    /// added to the builder. Default: all credentials are accepted whose parts aren't
    /// empty.
    pub fn credentials(mut self, email: impl Into<String>, api_key: impl Into<String>) -> Self {
        let key = Credentials::Key(email.into(), api_key.into());
        self.accounts.0.push(key);
        self
    }

    /// Accepts this access token, and refuses all credentials that were not added to the
    /// builder.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.accounts.0.push(Credentials::Token(token.into()));
        self
    }

    /// Sets what the emulator does where the behaviour of the service isn't known.
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Sets how many tickets may be created before the account's quota is used up. Then a
    /// request to create a ticket is answered 403. Default: no quota.
    pub fn messaging_quota(mut self, tickets: u64) -> Self {
        self.policy.quota = Some(tickets);
        self
    }

    /// Enriches tickets as the service does, up to two seconds after a ticket is created
    /// or gets a message: `updated_datetime` moves, and a ticket with a customer's text
    /// gets a language, intents of the customer's messages and, on channel `email`, one
    /// of the service's custom fields. Default: off, so that a new ticket doesn't change
    /// by itself.
    pub fn enrich(mut self, enrich: bool) -> Self {
        self.policy.enriches = enrich;
        self
    }

    /// Sets the size of the largest request body, in bytes. A larger body is answered
    /// 413. Default: 10 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how many of the newest exchanges [`Emulator::requests`] returns.
    /// Default: 10,000.
    pub fn log_capacity(mut self, exchanges: usize) -> Self {
        self.log_capacity = exchanges;
        self
    }

    /// Allows [`Emulator::serve`] to listen on addresses that other machines
    /// can reach. Default: loopback only, since anyone who can reach the
    /// emulator can use it.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Sets a function that is called with each exchange after it is answered,
    /// for example to print it. It must not block for long and must not call
    /// the emulator.
    pub fn on_exchange(mut self, hook: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    /// Builds the emulator. With the default clock, call this inside the
    /// runtime whose time the emulator follows.
    ///
    /// # Errors
    ///
    /// When the embedded document lacks something that the emulator needs. This
    /// crate's tests rule that out.
    pub fn build(self) -> Result<Emulator, BuildError> {
        let document = Document::embedded(self.strictness).map_err(BuildError)?;
        let clock = self.clock.unwrap_or_else(|| Clock::tokio(Clock::EPOCH));
        let start = clock.now().into();
        let limiter = self
            .limit
            .map(|limit| Limiter::new(limit, self.seed, start));
        let policy = TicketPolicy {
            unknown_tags: self.strictness.unknown_tags,
            ..self.policy
        };
        let settings = Settings {
            document,
            clock,
            accounts: self.accounts,
            strictness: self.strictness,
            max_body: self.max_body,
            hook: self.hook,
        };
        let store = Store::new(self.seed, policy);
        let account = Account::new(settings, store, limiter, self.seed, self.log_capacity);
        Ok(Emulator {
            account: Arc::new(account),
            faults: Arc::new(Faults::new(self.seed)),
            allow_remote: self.allow_remote,
        })
    }
}

impl Emulator {
    /// Returns a builder with the defaults: seed 0, the limit of an API key,
    /// any credentials.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }
}

// Leaves out `accounts`, which has credentials.
impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("EmulatorBuilder")
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// The emulator could not be built.
#[derive(Debug)]
pub struct BuildError(DocumentError);

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the embedded OpenAPI document cannot be used")
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}
