//! A rule: a fault, and the requests to which it happens.

use std::time::Duration;

use super::info::{Action, FaultInfo};
use super::settings::Fault;
use super::window::Window;
use super::wire::Wire;

/// A fault and the requests it happens to.
///
/// A rule without conditions applies to the next request, once. Rules are
/// checked in the order they were added, and at most one applies to a request,
/// so rules without conditions form a queue.
///
/// Rules are also written as text, see [`FaultRule::from_str`](std::str::FromStr):
///
/// ```
/// use gorgias_emulator::FaultRule;
///
/// let rule: FaultRule = "F7,operation=create_ticket,nth=3,applied=5s".parse()?;
/// assert_eq!(rule.to_string(), "F7,applied=5s,operation=create_ticket,nth=3");
/// # Ok::<(), gorgias_emulator::ParseFaultRuleError>(())
/// ```
#[derive(Clone, Debug)]
pub struct FaultRule {
    pub(super) fault: Fault,
    pub(super) operation: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) nth: u64,
    pub(super) times: Option<u64>,
    pub(super) probability: Option<f64>,
    pub(super) window: Window,
}

/// The facts about a request that a rule's conditions need.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Candidate<'a> {
    pub(crate) operation: Option<&'a str>,
    /// Whether the operation answers with a list.
    pub(crate) is_list: bool,
    /// The external id in the request's body, or in a list's filter.
    pub(crate) external_id: Option<&'a str>,
    /// The point of a connection at which the rules are checked; `None` in
    /// process, without a connection.
    pub(crate) connection: Option<ConnectionState>,
}

/// The points of a connection at which rules are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionState {
    /// Before the next connection is accepted.
    Awaited,
    /// After a connection was accepted.
    Accepted,
    /// With a request. `reused` is whether the connection has served one
    /// before.
    Serving { reused: bool },
}

impl FaultRule {
    /// Makes a rule for the next request, once. `H5` happens to every request
    /// instead.
    pub fn new(fault: Fault) -> Self {
        let repeats = fault.info.is_some_and(|info| info.id == "H5");
        Self {
            fault,
            operation: None,
            external_id: None,
            nth: 1,
            times: if repeats { None } else { Some(1) },
            probability: None,
            window: Window::default(),
        }
    }

    /// Restricts the rule to requests for this operation of the document, such
    /// as `create_ticket`.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operation = Some(id.into());
        self
    }

    /// Restricts the rule to requests whose body has this external id, and to
    /// lists filtered by it.
    #[must_use]
    pub fn external_id(mut self, external_id: impl Into<String>) -> Self {
        self.external_id = Some(external_id.into());
        self
    }

    /// Makes the rule start at the nth request that meets the other conditions.
    /// The first such request while the rule is in force has the number 1.
    #[must_use]
    pub fn nth(mut self, nth: u64) -> Self {
        self.nth = nth.max(1);
        self
    }

    /// Sets how many times the fault happens.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Lets the fault happen any number of times.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Lets the fault happen with this probability, from 0 to 1. The random numbers
    /// follow from the emulator's seed. The fault happens any number of times, unless
    /// [`times`](Self::times) is set afterwards.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = Some(probability);
        self.times = None;
        self
    }

    /// Makes the rule start this long after it was added, by the emulator's
    /// clock.
    #[must_use]
    pub fn after(mut self, time: Duration) -> Self {
        self.window.after = time;
        self
    }

    /// Makes the rule end this long after its start. The fault happens any
    /// number of times, unless [`times`](Self::times) is set afterwards.
    ///
    /// ```
    /// use std::time::Duration;
    /// use gorgias_emulator::{Applied, Fault, FaultRule};
    ///
    /// let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    /// // An outage of five minutes, after which the service applies the requests
    /// // that it accepted meanwhile.
    /// let outage = Fault::named("502")?.applied(Applied::WhenOver);
    /// let once = FaultRule::new(outage.clone()).lasting(minutes(5));
    /// // Such an outage in two of every ten minutes.
    /// let flapping = FaultRule::new(outage).lasting(minutes(2)).every(minutes(10));
    /// # let _ = (once, flapping);
    /// # Ok::<(), gorgias_emulator::UnknownFault>(())
    /// ```
    #[must_use]
    pub fn lasting(mut self, time: Duration) -> Self {
        self.window.lasting = Some(time);
        self.times = None;
        self
    }

    /// Makes the rule start again after each period of this length, for the time set with
    /// [`lasting`](Self::lasting). Without that time, the period has no effect.
    #[must_use]
    pub fn every(mut self, period: Duration) -> Self {
        self.window.every = Some(period);
        self
    }

    /// The fault of the rule.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Whether the rule's conditions match the candidate.
    pub(super) fn matches(&self, candidate: Candidate<'_>) -> bool {
        self.is_checked_at(candidate.connection)
            && (candidate.is_list || !self.fault.info.is_some_and(FaultInfo::is_of_lists))
            && same(&self.operation, candidate.operation)
            && same(&self.external_id, candidate.external_id)
    }

    /// Whether the rule is checked at this point of a connection. A fault that
    /// happens before a request is read has to be chosen before the request is
    /// known.
    fn is_checked_at(&self, connection: Option<ConnectionState>) -> bool {
        let action = self.fault.info.map(|info| info.action);
        let at_connect = match action {
            Some(Action::Connect(connect)) => Some(connect.is_at_port()),
            _ => None,
        };
        match (connection, at_connect) {
            (None, _) => true,
            (Some(ConnectionState::Awaited), at) => at == Some(true),
            (Some(ConnectionState::Accepted), at) => at == Some(false),
            (Some(ConnectionState::Serving { reused }), None) => {
                reused || !matches!(action, Some(Action::Wire(Wire::CutReused)))
            }
            (Some(ConnectionState::Serving { .. }), Some(_)) => false,
        }
    }
}

fn same(wanted: &Option<String>, given: Option<&str>) -> bool {
    wanted.is_none() || wanted.as_deref() == given
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}
