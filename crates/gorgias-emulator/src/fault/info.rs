//! What is known about each fault by name.

use std::time::Duration;

use super::answer::Canned;
use super::connect::Connect;
use super::list::Listing;
use super::payload::Drift;
use super::success::Change;
use super::wire::Wire;

/// One fault of the catalogue.
#[derive(Debug)]
pub struct FaultInfo {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) fidelity: Fidelity,
    pub(super) fate: Fate,
    pub(super) action: Action,
}

/// How close a fault comes to what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fidelity {
    /// A client cannot tell it from the real thing, on a socket.
    Faithful,
    /// It can; the text says how it differs.
    Approximation(&'static str),
}

/// What becomes of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Applied {
    /// It has no effect.
    Never,
    /// It is applied before anything happens to its answer.
    AtOnce,
    /// It is applied this long after it arrived, whatever became of its
    /// connection meanwhile.
    After(Duration),
    /// It is applied when the fault is over: when the time of its rule is up,
    /// see [`FaultRule::lasting`](super::FaultRule::lasting), or the rule is
    /// taken back. So a service works off, once it is back, what it took in
    /// during an outage.
    WhenOver,
}

/// Whether a fault leaves open what becomes of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Never,
    AtOnce,
    /// Not decided by the fault; this unless told otherwise.
    Open(Applied),
}

/// What a fault does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The connection, before a request is read.
    Connect(Connect),
    /// The connection, after the request was read.
    Wire(Wire),
    /// Another answer.
    Answer(Canned),
    /// A success, its status, headers or bytes changed.
    Success(Change),
    /// A success, its JSON changed.
    Payload(Drift),
    /// A list, changed.
    List(Listing),
    /// A whole answer, late.
    Slow,
}

impl FaultInfo {
    /// Its number, as in `F7`. Variants of one number have a suffix.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Its name, as in `read-then-close`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What happens, in one line.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// How close it comes to what it stands for.
    #[must_use]
    pub fn fidelity(&self) -> Fidelity {
        self.fidelity
    }

    /// Whether it leaves open what becomes of the request, so that
    /// [`Fault::applied`](super::Fault::applied) decides.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        matches!(self.fate, Fate::Open(_))
    }

    /// Whether it happens before a request is read.
    #[must_use]
    pub fn is_at_connect(&self) -> bool {
        matches!(self.action, Action::Connect(_))
    }

    /// Whether it happens to lists only.
    #[must_use]
    pub fn is_of_lists(&self) -> bool {
        matches!(self.action, Action::List(_))
    }

    pub(super) fn applied(&self, chosen: Option<Applied>) -> Applied {
        match self.fate {
            Fate::Never => Applied::Never,
            Fate::AtOnce => Applied::AtOnce,
            Fate::Open(default) => chosen.unwrap_or(default),
        }
    }

    /// How long something lasts unless told otherwise.
    pub(super) fn hold(&self) -> Duration {
        match self.action {
            Action::Slow => Duration::from_secs(1),
            Action::Connect(Connect::Refuse) => Duration::from_millis(200),
            _ => Duration::from_secs(60),
        }
    }
}
