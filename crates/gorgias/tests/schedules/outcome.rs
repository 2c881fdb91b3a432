//! What came of a schedule, and whether it may have.

use std::collections::BTreeMap;

use gorgias::{Delivery, Error, ErrorKind};

use crate::resource::Made;
use crate::schedule::Schedule;

/// One call, and how many there were of the key when it ended.
#[derive(Debug)]
pub struct Call {
    pub result: Option<Result<Made, Error>>,
    pub count: usize,
}

/// All calls, and how many there were long after.
#[derive(Debug)]
pub struct Outcomes {
    pub calls: Vec<Call>,
    pub count: usize,
}

impl Outcomes {
    /// All that doesn't depend on the clock on the wall.
    pub fn summary(&self) -> Vec<(String, usize)> {
        let summary = |call: &Call| match &call.result {
            None => "dropped".to_owned(),
            Some(Ok(made)) => {
                let Made { how, id, .. } = made;
                format!("{how:?} {id} {} {}", made.attempts, made.look_ups)
            }
            Some(Err(error)) => {
                let look_ups = error.in_doubt().map(|doubt| doubt.look_ups());
                format!("{error} {} {look_ups:?}", error.attempts())
            }
        };
        self.calls
            .iter()
            .map(|call| (summary(call), call.count))
            .collect()
    }
}

/// Never two. A call without a result has an error with the reason.
pub fn check(seed: u64, schedule: &Schedule, outcomes: &Outcomes) {
    let case = || format!("seed {seed}: {schedule:#?}\n{outcomes:#?}");
    assert!(outcomes.count <= 1, "duplicates, {}", case());
    let mut id = None;
    for call in &outcomes.calls {
        assert!(call.count <= 1, "duplicates, {}", case());
        match &call.result {
            None => {}
            Some(Ok(made)) => {
                assert_eq!(call.count, 1, "one that isn't there, {}", case());
                let known = *id.get_or_insert(made.id);
                assert_eq!(known, made.id, "another one, {}", case());
                assert!(made.duplicates.is_empty(), "{}", case());
            }
            Some(Err(error)) => {
                if error.kind() == ErrorKind::InDoubt {
                    assert!(error.in_doubt().is_some(), "{}", case());
                }
                match error.delivery() {
                    Delivery::Applied => assert_eq!(call.count, 1, "not applied, {}", case()),
                    Delivery::NotSent | Delivery::Rejected => {}
                    _ => assert_eq!(error.kind(), ErrorKind::InDoubt, "unsettled, {}", case()),
                }
            }
        }
    }
    // The last call came when all was quiet: it found it, or made it,
    // unless an earlier one had to leave it in doubt and it never came to be.
    let last = outcomes.calls.last().and_then(|call| call.result.as_ref());
    match last {
        Some(Ok(_)) => assert_eq!(outcomes.count, 1, "{}", case()),
        Some(Err(error)) => {
            assert_eq!(error.kind(), ErrorKind::InDoubt, "{}", case());
            assert_eq!(outcomes.count, 0, "one that wasn't found, {}", case());
        }
        None => panic!("the last call was not cut short, {}", case()),
    }
}

/// What the schedules led to.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub fn count(&mut self, outcomes: &Outcomes) {
        for call in &outcomes.calls {
            let name = match &call.result {
                None => "dropped".to_owned(),
                Some(Ok(made)) => format!("{:?}", made.how),
                Some(Err(error)) => format!("{:?} {}", error.kind(), error.delivery()),
            };
            *self.0.entry(name).or_default() += 1;
        }
    }

    /// Schedules that all end alike would show little.
    pub fn assert_varied(&self) {
        for name in [
            "dropped",
            "Sent",
            "FoundBefore",
            "FoundAfterAmbiguity",
            "InDoubt unknown",
            "Rejected rejected",
        ] {
            let count = self.0.get(name).copied().unwrap_or_default();
            assert!(count >= 20, "{name}: only {count} of {:?}", self.0);
        }
    }
}
