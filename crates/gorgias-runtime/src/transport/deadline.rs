//! The deadline of an exchange.

use tokio::time::Instant;

/// The deadline of an exchange, as an extension of the request.
///
/// A transport that keeps the deadline can report how far the exchange came
/// when the time was up. The client stops waiting at that moment in any case;
/// it then has to assume that the request was sent.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Deadline(pub Instant);
