//! The catalogue of all faults.

mod http;
mod list;
mod payload;
mod transport;

use super::info::{Action, Applied, FaultInfo, Fidelity};

/// Whether the request is applied, and whether the failure leaves that open.
type Outcome = (Applied, bool);

const NEVER: Outcome = (Applied::Never, false);
const AT_ONCE: Outcome = (Applied::AtOnce, false);
/// The request was probably applied.
const LIKELY: Outcome = (Applied::AtOnce, true);
/// The request may have been applied, but probably was not.
const UNLIKELY: Outcome = (Applied::Never, true);

const fn faithful(
    id: &'static str,
    name: &'static str,
    (applied, is_ambiguous): Outcome,
    action: Action,
    summary: &'static str,
) -> FaultInfo {
    FaultInfo {
        id,
        name,
        summary,
        fidelity: Fidelity::Faithful,
        applied,
        is_ambiguous,
        action,
    }
}

const fn approximate(info: FaultInfo, how: &'static str) -> FaultInfo {
    FaultInfo {
        fidelity: Fidelity::Approximation(how),
        ..info
    }
}

/// Returns all faults, in the order of their numbers.
pub fn catalogue() -> impl Iterator<Item = &'static FaultInfo> {
    transport::ROWS
        .iter()
        .chain(http::ROWS)
        .chain(payload::ROWS)
        .chain(list::ROWS)
}

/// Finds a fault by id or name, ignoring case.
pub(super) fn find(name: &str) -> Option<&'static FaultInfo> {
    catalogue()
        .find(|info| info.id.eq_ignore_ascii_case(name) || info.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_names_are_unique_and_found() {
        let mut seen = BTreeSet::new();
        for info in catalogue() {
            for name in [info.id, info.name] {
                assert!(seen.insert(name.to_lowercase()), "{name} twice");
                assert!(std::ptr::eq(find(name).unwrap(), info));
            }
        }
    }

    #[test]
    fn every_number_of_the_four_series_is_there() {
        let ids: BTreeSet<&str> = catalogue()
            .map(|info| info.id.split('-').next().unwrap_or_default())
            .collect();
        let series = |letter: char, count: usize| (1..=count).map(move |n| format!("{letter}{n}"));
        let wanted = series('F', 26)
            .chain(series('H', 22))
            .chain(series('P', 18))
            .chain(series('L', 5));
        for id in wanted {
            assert!(ids.contains(id.as_str()), "{id} is missing");
        }
        assert_eq!(ids.len(), 26 + 22 + 18 + 5);
    }
}
