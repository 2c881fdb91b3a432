//! The functions of the module `trace` without the feature `tracing`: they do
//! nothing.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, Uri};

use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Turn;
use crate::transport::TransportError;

/// An attempt without a span.
#[derive(Debug)]
pub struct Attempt;

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

/// Returns the future unchanged.
pub fn waiting_for_slot<F: Future>(_: Turn, permit: F) -> F {
    permit
}

/// Does nothing.
pub fn pausing(_: Duration) {}

/// Does nothing.
pub fn resending(_: Duration, _: &Error, _: u32) {}

/// Does nothing.
pub fn looking(_: Duration, _: u32) {}

/// Does nothing.
pub fn left_in_doubt(_: &Operation) {}

/// Does nothing.
pub fn duplicates(_: i64, _: &[i64]) {}

/// Returns the future unchanged.
#[cfg(feature = "blocking")]
pub fn carried<F: Future>(future: F) -> F {
    future
}
