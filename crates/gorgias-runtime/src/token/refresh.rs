//! Keeps the current access token of a [`TokenProvider`], and refreshes it.
//!
//! All calls share one token. Calls that need a new one at the same time share
//! one request to the provider. Start reading at [`Tokens::issue`].

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout};

use super::{AccessToken, TokenError, TokenProvider};
use crate::secret::Secret;

/// How many tokens are remembered for [`Tokens::echoed_in`]. A request under
/// way may still carry a token that was replaced, and the answer may repeat
/// that token.
const REMEMBERED: usize = 4;

/// The tokens of one provider.
pub(crate) struct Tokens {
    shared: Arc<SharedTokens>,
}

struct SharedTokens {
    provider: Arc<dyn TokenProvider>,
    /// How long the provider may take for one token.
    limit: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The token in use, and the end of its lifetime.
    current: Option<(Issued, Option<Instant>)>,
    /// The refresh under way, with its number.
    refresh: Option<(u64, Refresh)>,
    /// How many refreshes were started.
    refreshes: u64,
    recent: VecDeque<Arc<Secret>>,
    /// How many tokens have become the current one.
    count: u64,
}

/// A request to the provider, which every waiting call can await.
type Refresh = Shared<BoxFuture<'static, Result<Issued, TokenError>>>;

/// A token as it is used for one request.
#[derive(Clone)]
pub(crate) struct Issued {
    pub(crate) secret: Arc<Secret>,
    number: u64,
}

impl Tokens {
    pub(crate) fn new(provider: Arc<dyn TokenProvider>, limit: Duration) -> Self {
        Self {
            shared: Arc::new(SharedTokens {
                provider,
                limit,
                state: Mutex::default(),
            }),
        }
    }

    /// Returns the token to use now. Waits for a new one when there is none.
    pub(crate) async fn issue(&self) -> Result<Issued, TokenError> {
        let refresh = {
            let mut state = self.shared.state();
            if let Some(issued) = state.usable() {
                return Ok(issued);
            }
            match &state.refresh {
                Some((_, refresh)) => refresh.clone(),
                None => state.start_refresh(&self.shared),
            }
        };
        refresh.await
    }

    /// Drops the current token if it is the one that the service refused. A
    /// newer token stays.
    pub(crate) fn refuse(&self, refused: &Issued) {
        let mut state = self.shared.state();
        state
            .current
            .take_if(|(issued, _)| issued.number == refused.number);
    }

    /// Whether a text repeats a token that is or was in use.
    pub(crate) fn echoed_in(&self, text: &[u8]) -> bool {
        let recent = self.shared.state().recent.clone();
        recent.iter().any(|secret| secret.echoed_in(text))
    }
}

impl SharedTokens {
    // Nothing can panic while the lock is held, so the state is consistent.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn usable(&self) -> Option<Issued> {
        let (issued, end) = self.current.as_ref()?;
        let is_over = end.is_some_and(|end| end <= Instant::now());
        (!is_over).then(|| issued.clone())
    }

    /// Makes a new token the current one, and forgets the refresh that fetched
    /// it. Otherwise a later call would await the finished refresh, and get
    /// this token even after the service refused it.
    fn accept(&mut self, token: &AccessToken) -> Result<Issued, &'static str> {
        self.refresh = None;
        let secret = Arc::new(Secret::bearer(token.secret.expose_secret())?);
        self.recent.push_front(Arc::clone(&secret));
        self.recent.truncate(REMEMBERED);
        self.count = self.count.wrapping_add(1);
        let issued = Issued {
            secret,
            number: self.count,
        };
        let lifetime = token.lifetime;
        let end = lifetime.and_then(|lifetime| Instant::now().checked_add(lifetime));
        self.current = Some((issued.clone(), end));
        Ok(issued)
    }

    /// Asks the provider in a task of its own, because the call that waits for
    /// the token may be dropped.
    fn start_refresh(&mut self, shared: &Arc<SharedTokens>) -> Refresh {
        self.refreshes = self.refreshes.wrapping_add(1);
        let task = RefreshTask {
            shared: Arc::clone(shared),
            number: self.refreshes,
        };
        let running = tokio::spawn(async move {
            let token = task.fetch().await?;
            let accepted = task.shared.state().accept(&token);
            accepted.map_err(TokenError::new)
        });
        let outcome = async move {
            match running.await {
                Ok(outcome) => outcome,
                // The text of a join error would show the message of the provider's
                // panic, which may contain a secret.
                Err(_) => Err(TokenError::new(
                    "the token provider panicked or was stopped",
                )),
            }
        };
        let refresh = outcome.boxed().shared();
        self.refresh = Some((self.refreshes, refresh.clone()));
        refresh
    }
}

/// One refresh. When it is dropped, after a success, a failure or a panic, the
/// next refresh can start.
struct RefreshTask {
    shared: Arc<SharedTokens>,
    number: u64,
}

impl RefreshTask {
    async fn fetch(&self) -> Result<AccessToken, TokenError> {
        match timeout(self.shared.limit, self.shared.provider.fetch()).await {
            Ok(outcome) => outcome,
            Err(elapsed) => Err(TokenError::new(elapsed)),
        }
    }
}

impl Drop for RefreshTask {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.refresh.take_if(|(number, _)| *number == self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::TokenFuture;
    use super::*;

    #[derive(Default)]
    struct Counter(AtomicUsize);

    impl TokenProvider for Counter {
        fn fetch(&self) -> TokenFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move { Ok(AccessToken::new(format!("secret-{number}"))) })
        }
    }

    #[tokio::test]
    async fn a_late_refusal_of_an_old_token_does_not_cost_the_new_one() {
        let tokens = Tokens::new(Arc::new(Counter::default()), Duration::from_secs(1));
        let old = tokens.issue().await.unwrap();
        tokens.refuse(&old);
        let new = tokens.issue().await.unwrap();
        tokens.refuse(&old);
        let kept = tokens.issue().await.unwrap();
        assert_eq!((old.number, new.number, kept.number), (1, 2, 2));
    }

    #[tokio::test]
    async fn tokens_that_were_replaced_are_still_recognised() {
        let tokens = Tokens::new(Arc::new(Counter::default()), Duration::from_secs(1));
        for number in 0..REMEMBERED {
            let issued = tokens.issue().await.unwrap();
            tokens.refuse(&issued);
            assert!(tokens.echoed_in(format!("x secret-{number} x").as_bytes()));
            assert!(tokens.echoed_in(b"secret-0"));
        }
        assert!(!tokens.echoed_in(b"another"));
    }
}
