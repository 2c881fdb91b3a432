//! Recognises failures that prove that a request was not sent.

use std::error::Error;
use std::iter::successors;

/// Whether a failure proves that no byte of the request was sent.
///
/// There are three proofs: the connection could not be made, the request could
/// not be built, or hyper reports that it dropped the request before writing
/// any of it. Hyper does so when a pooled connection turns out to be closed.
/// Only the outermost of hyper's errors counts. Its cause says why the
/// connection was closed, and can be the same for a request that was sent.
pub(super) fn is_unsent(error: &reqwest::Error) -> bool {
    let mut causes = successors(error.source(), |&cause| cause.source());
    error.is_connect()
        || error.is_builder()
        || causes
            .find_map(|cause| cause.downcast_ref::<hyper::Error>())
            .is_some_and(hyper::Error::is_canceled)
}
