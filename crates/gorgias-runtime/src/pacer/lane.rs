//! Who is waiting for a request.

/// Which queue a request waits in.
///
/// Within a lane requests go out in the order they asked. The bulk lane leaves
/// room for the interactive one, so that a single create never waits behind an
/// import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lane {
    /// Somebody is waiting for the answer. The default.
    #[default]
    Interactive,
    /// One of very many; throughput matters, a second more or less does not.
    Bulk,
}
