//! Building an emulator.

use std::fmt;
use std::sync::Arc;

use crate::account::{Account, Hook, Parts};
use crate::auth::Accounts;
use crate::clock::Clock;
use crate::document::{Document, DocumentError};
use crate::emulator::Emulator;
use crate::fault::Faults;
use crate::ids::RequestIds;
use crate::limit::{Limiter, RateLimit};
use crate::log::{Exchange, ExchangeLog};
use crate::store::{Behaviour, Store};
use crate::strictness::Strictness;

/// Exchanges that are kept unless told otherwise.
const LOG_CAPACITY: usize = 10_000;

/// Bytes of a request body that are read unless told otherwise.
const MAX_BODY: usize = 10 * 1024 * 1024;

/// What an emulator is to be like; see [`Emulator::builder`].
#[must_use]
pub struct EmulatorBuilder {
    seed: u64,
    clock: Option<Clock>,
    limit: Option<RateLimit>,
    accounts: Accounts,
    strictness: Strictness,
    messaging_quota: Option<u64>,
    enrich: bool,
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
            messaging_quota: None,
            enrich: false,
            max_body: MAX_BODY,
            log_capacity: LOG_CAPACITY,
            allow_remote: false,
            hook: None,
        }
    }
}

impl EmulatorBuilder {
    /// Ids, request ids and everything random follow from the seed: the same
    /// requests at the same times get the same bytes. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Where the time comes from. Default: [`Clock::tokio`] from
    /// [`Clock::EPOCH`].
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// The account's rate limit; `None` for no limit and no header. Default:
    /// [`RateLimit::api_key`].
    pub fn limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limit = limit.into();
        self
    }

    /// Lets only this e-mail and API key in, beside others that are pinned.
    /// Default: any that are not empty.
    pub fn credentials(mut self, email: impl Into<String>, api_key: impl Into<String>) -> Self {
        self.accounts.pin_key(email.into(), api_key.into());
        self
    }

    /// Lets only this access token in, beside others that are pinned.
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.accounts.pin_token(token.into());
        self
    }

    /// What to do where the service's behaviour is not known.
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Tickets that may be created before the account's quota is used up and
    /// creates are answered 403. Default: no quota.
    pub fn messaging_quota(mut self, tickets: u64) -> Self {
        self.messaging_quota = Some(tickets);
        self
    }

    /// Goes on with a new ticket as the service does for some two seconds after
    /// a create: it gets a language, its messages intents, a ticket on channel
    /// `email` a custom field of the service's own, and `updated_datetime`
    /// moves. Default: off, so that what was created stays as it is.
    pub fn enrich(mut self, enrich: bool) -> Self {
        self.enrich = enrich;
        self
    }

    /// Bytes a request body may have before the answer is a 413. Default:
    /// 10 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// How many of the newest exchanges [`Emulator::requests`] returns.
    /// Default: 10,000.
    pub fn log_capacity(mut self, exchanges: usize) -> Self {
        self.log_capacity = exchanges;
        self
    }

    /// Lets [`Emulator::serve`] listen on addresses other machines can reach.
    /// Default: loopback only, since whoever can reach it can use it.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Is called with each exchange once it is answered, to print a line, say.
    /// It must not block for long and must not call the emulator.
    pub fn on_exchange(mut self, hook: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    /// Builds it. With the default clock, call this inside the runtime whose
    /// time the emulator is to follow.
    ///
    /// # Errors
    ///
    /// When the embedded document does not have what the emulator needs, which
    /// this crate's own tests rule out.
    pub fn build(self) -> Result<Emulator, BuildError> {
        let document = Document::embedded(self.strictness).map_err(BuildError)?;
        let clock = self.clock.unwrap_or_else(|| Clock::tokio(Clock::EPOCH));
        let start = clock.now().into();
        let limiter = self
            .limit
            .map(|limit| Limiter::new(limit, self.seed, start));
        let behaviour = Behaviour {
            enriches: self.enrich,
            unknown_tags: self.strictness.unknown_tags,
            quota: self.messaging_quota,
        };
        let account = Account::new(Parts {
            document,
            clock,
            accounts: self.accounts,
            strictness: self.strictness,
            max_body: self.max_body,
            hook: self.hook,
            store: Store::new(self.seed, behaviour),
            limiter,
            request_ids: RequestIds::new(self.seed),
            log: ExchangeLog::new(self.log_capacity),
        });
        let faults = Faults::new(self.seed);
        Ok(Emulator::new(account, faults, self.allow_remote))
    }
}

impl Emulator {
    /// Starts with the defaults: seed 0, the API key limit, any credentials.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }
}

// Accounts hold credentials.
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
        Some(&self.0)
    }
}
