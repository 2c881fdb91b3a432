//! HTTP without sockets: reading queries, forms and cursors, writing answers and
//! error envelopes.

pub(crate) mod answer;
pub(crate) mod cursor;
pub(crate) mod envelope;
pub(crate) mod form;
pub(crate) mod query;
