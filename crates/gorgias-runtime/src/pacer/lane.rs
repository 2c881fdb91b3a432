//! The two lanes in which requests wait for the rate limit.

/// The queue in which a request waits for the rate limit.
///
/// Within a lane, requests are sent in the order in which they entered it, except
/// that a repeated request goes to the front. The bulk lane leaves room for the
/// interactive lane, so that a single creation doesn't wait behind an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lane {
    /// For a request whose answer a person waits for. The default.
    #[default]
    Interactive,
    /// For one of very many requests, such as those of an import. Their
    /// throughput matters more than the wait of a single request.
    Bulk,
}
