//! The types of the catalogue of faults.

use std::time::Duration;

use serde_json::{Map, Value};

use super::answer::Wait;
use super::connect::Connect;
use super::list::List;
use super::wire::Wire;
use crate::http::answer::Answer;
use crate::strictness::ExternalIdMatch;

/// One fault of the catalogue.
#[derive(Debug)]
pub struct FaultInfo {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) fidelity: Fidelity,
    /// Whether and when the request is applied, unless the user of the emulator decides
    /// otherwise.
    pub(super) applied: Applied,
    /// Whether the user may decide otherwise.
    pub(super) is_ambiguous: bool,
    pub(super) action: Action,
}

/// How close a fault is to the real failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fidelity {
    /// On a socket, a client can't tell it from the real failure.
    Faithful,
    /// A client can tell it from the real failure; the text says how it differs.
    Approximation(&'static str),
}

/// Whether and when a request with a fault is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Applied {
    /// It isn't applied.
    Never,
    /// It is applied before the fault happens to its answer.
    AtOnce,
    /// It is applied this long after it arrived, even if the connection is closed
    /// by then.
    After(Duration),
    /// It is applied when the fault is over: when the time of its rule is up, see
    /// [`FaultRule::lasting`](super::FaultRule::lasting), or the rule is removed. This is
    /// how a service behaves that accepts requests during an outage and applies them
    /// afterwards.
    WhenOver,
}

/// The part of an exchange that a fault changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    /// The connection, before a request is read.
    Connect(Connect),
    /// The connection, after the request was read.
    Wire(Wire),
    /// Makes another answer, with this `Retry-After`.
    Answer(fn() -> Answer, Wait),
    /// Changes the status, headers or bytes of a success.
    Success(fn(&mut Answer)),
    /// Changes each ticket of a success.
    Ticket(fn(&mut Map<String, Value>)),
    /// Changes a list.
    List(fn(&mut List)),
    /// The list is whole, but its filter compares external ids in this way.
    Filter(ExternalIdMatch),
    /// Delays a whole answer.
    Slow,
}

impl FaultInfo {
    /// The number, such as `F7`. Variants of one number have a suffix.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The name, such as `read-then-close`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A description in one line.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// How close the fault is to the real failure.
    #[must_use]
    pub fn fidelity(&self) -> Fidelity {
        self.fidelity
    }

    /// Whether a real failure of this kind leaves open if the request is applied. If so,
    /// [`Fault::applied`](super::Fault::applied) can decide it.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    /// Whether the fault happens to lists only.
    #[must_use]
    pub fn is_of_lists(&self) -> bool {
        matches!(self.action, Action::List(_) | Action::Filter(_))
    }
}
