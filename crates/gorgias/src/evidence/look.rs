//! Repeats look-ups whose answers prove nothing. Start at [`look_until_proof`].

use std::time::Duration;

use gorgias_runtime::Error;
use gorgias_runtime::support::{Backoff, CallOptions, Cause, Connection};
use tokio::time::{Instant, sleep_until};

use super::answer::Evidence;

/// A way to look for something.
pub(crate) trait Look: Send {
    /// The kind of thing that is looked for.
    const NOUN: &'static str;

    /// Looks once.
    fn look(
        &mut self,
        requests: &mut RequestOptions,
    ) -> impl Future<Output = Result<Evidence, Error>> + Send;
}

/// The options of the requests of one look-up, which are parts of one call.
pub(crate) struct RequestOptions {
    first: Option<CallOptions>,
    later: CallOptions,
}

impl RequestOptions {
    /// Returns the options of the next request.
    pub(crate) fn next(&mut self) -> CallOptions {
        self.first.take().unwrap_or_else(|| self.later.clone())
    }
}

/// Looks until an answer proves something, as one call with these options. A
/// look-up that proves nothing is repeated like a failed request. A request that
/// failed is not repeated here, because its own call has done so.
///
/// # Errors
///
/// Those of reading. An answer that proves nothing is not an error.
pub(crate) async fn look_until_proof<L: Look>(
    connection: &Connection,
    options: CallOptions,
    mut look: L,
) -> Result<Evidence, Error> {
    let limit = options.limit(connection, Duration::ZERO)?;
    let mut backoff = Backoff::new(options.retry(connection));
    let mut requests = RequestOptions {
        // If the limit is the client's, each request gets the whole of it.
        later: options.part_until(limit.strict_end()),
        first: Some(options),
    };
    let end = limit.end();
    let mut attempts = 1_u32;
    loop {
        let none = match look.look(&mut requests).await {
            Ok(Evidence::None(none)) => none,
            Ok(proof) => return Ok(proof),
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
