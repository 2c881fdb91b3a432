//! Nobody listens.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, Uri};

use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Turn;
use crate::transport::TransportError;

/// One request on the wire.
#[derive(Debug)]
pub(crate) struct Attempt;

impl Attempt {
    pub(crate) fn new(_: &Operation, _: &Uri, _: u32) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, exchange: F) -> F {
        exchange
    }

    pub(crate) fn ended(&mut self, _: &Result<Response<Bytes>, TransportError>) {}

    pub(crate) fn unreadable(&self) {}
}

/// The permission to send may not come at once.
pub fn waiting_for_slot<F: Future>(_: Turn, permit: F) -> F {
    permit
}

/// The whole client rests.
pub fn pausing(_: Duration) {}

/// A request is sent again after a wait.
pub fn resending(_: Duration, _: &Error, _: u32) {}

/// The service is asked, after a wait, for what a write of unknown fate made.
pub fn looking(_: Duration, _: u32) {}

/// A write was dropped while its request may have been out.
pub fn left_in_doubt(_: &Operation) {}

/// Several resources have the same external id.
pub fn duplicates(_: i64, _: &[i64]) {}

#[cfg(feature = "blocking")]
pub fn carried<F: Future>(future: F) -> F {
    future
}
