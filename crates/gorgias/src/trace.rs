//! What is told to whoever listens. Without the feature `tracing`, nothing is.

/// A write was dropped while its request may have been out.
pub(crate) fn left_in_doubt() {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        gorgias.delivery = "unknown",
        "a creation was dropped after its request may have been sent"
    );
}

/// Several tickets have the same external id.
#[cfg_attr(not(feature = "tracing"), expect(unused_variables))]
pub(crate) fn duplicates(first: i64, others: &[i64]) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        gorgias.ticket_id = first,
        gorgias.duplicates = ?others,
        "several tickets have the external id that was looked for"
    );
}
