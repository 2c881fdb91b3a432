//! Looking again when an answer proves nothing.

use gorgias_runtime::support::{Backoff, Cause};
use gorgias_runtime::{Error, RetryPolicy};
use tokio::time::{Instant, sleep_until};

use super::answer::Evidence;

/// One way of looking for something.
pub(crate) trait Look: Send {
    /// What is looked for.
    const NOUN: &'static str;

    /// Looks once.
    fn look(&mut self) -> impl Future<Output = Result<Evidence, Error>> + Send;
}

/// Looks until something is told. An answer that proves nothing is repeated
/// like a failed request; one that failed was repeated already.
pub(crate) async fn look_until_told<L: Look>(
    look: &mut L,
    retry: RetryPolicy,
    end: Instant,
) -> Result<Evidence, Error> {
    let mut backoff = Backoff::new(retry);
    let mut attempts = 1_u32;
    loop {
        let none = match look.look().await {
            Ok(Evidence::None(none)) => none,
            Ok(told) => return Ok(told),
            Err(error) => return Evidence::of_error(error, L::NOUN),
        };
        let wait = backoff.wait(attempts, Cause::Transient);
        let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
        match resume {
            Some(resume) if none.may_pass() && resume < end => sleep_until(resume).await,
            _ => return Ok(Evidence::None(none)),
        }
        attempts = attempts.saturating_add(1);
    }
}
