//! When an exchange has to be over.

use tokio::time::Instant;

/// An extension of a request: when its exchange has to be over.
///
/// A transport that looks at it can say how far the exchange came when time
/// is up. Whoever sends the request gives up at that moment either way, and
/// then has to take it that the request was sent.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Deadline(pub Instant);
