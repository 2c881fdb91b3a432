//! HTTP without sockets: reading queries, writing answers and error envelopes.

pub(crate) mod answer;
pub(crate) mod envelope;
pub(crate) mod query;
