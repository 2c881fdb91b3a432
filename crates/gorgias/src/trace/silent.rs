//! Nobody listens.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::pacer::Turn;
use crate::transport::TransportError;

/// One request on the wire.
#[derive(Debug)]
pub(crate) struct Attempt;

impl Attempt {
    pub(crate) fn new(_: &Request<Bytes>, _: u32) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, exchange: F) -> F {
        exchange
    }

    pub(crate) fn ended(&mut self, _: &Result<Response<Bytes>, TransportError>) {}

    pub(crate) fn unreadable(&self) {}
}

pub(crate) fn waiting_for_slot<F: Future>(_: Turn, permit: F) -> F {
    permit
}

pub(crate) fn pausing(_: Duration) {}

pub(crate) fn resending(_: Duration, _: &Error, _: u32) {}

pub(crate) fn looking(_: Duration, _: u32) {}

pub(crate) fn left_in_doubt() {}

pub(crate) fn duplicates(_: i64, _: &[i64]) {}

#[cfg(feature = "blocking")]
pub(crate) fn carried<F: Future>(future: F) -> F {
    future
}
