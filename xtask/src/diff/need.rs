//! What a change asks of a crate's version.

use std::collections::BTreeSet;

use spec_diff::Wire;
use spec_diff::law::Class;

use super::accepted::Accepted;
use super::promises;
use super::rust::{self, Refused, Rust};

/// What the next version has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Any.
    Nothing,
    /// One that adds.
    Additive,
    /// One that breaks.
    Breaking,
}

/// What the wire asks: a client of a service that changed under it is a
/// different client, whatever its signatures. Acknowledged breaks ask nothing.
pub fn of_wire(wire: &Wire, accepted: &Accepted) -> Need {
    let classes = wire.changes.iter().map(|change| match change.class {
        Class::Breaking if accepted.reason(change).is_none() => Need::Breaking,
        Class::Breaking | Class::Compatible => Need::Additive,
        Class::DocOnly => Need::Nothing,
    });
    classes.max().unwrap_or(Need::Nothing)
}

/// What the generated crate asks.
pub fn of_rust(rust: Option<&Rust>) -> Need {
    let Some(rust) = rust else {
        return Need::Nothing;
    };
    match rust.verdict {
        rust::Verdict::None => Need::Nothing,
        rust::Verdict::Additive => Need::Additive,
        rust::Verdict::Breaking => Need::Breaking,
        rust::Verdict::NotGeneratable => match rust.refused {
            Some(Refused::Both) => Need::Nothing,
            Some(Refused::Old) => Need::Additive,
            // Its users would lose everything.
            Some(Refused::New) | None => Need::Breaking,
        },
    }
}

/// What the crate on top asks, which promises some of the types and what they
/// hold.
pub fn of_promises(rust: Option<&Rust>, promised: &BTreeSet<String>) -> Need {
    let Some(rust) = rust else {
        return Need::Nothing;
    };
    if rust.verdict == rust::Verdict::NotGeneratable {
        return of_rust(Some(rust));
    }
    let promised = promises::held(rust, promised);
    let broken = rust.changes.iter().any(|change| {
        let mut names = change.item.split("::");
        let is_type = names.next() == Some("types");
        let is_promised = names.next().is_some_and(|name| promised.contains(name));
        change.class == rust::Class::Breaking && is_type && is_promised
    });
    match (broken, rust.verdict) {
        (true, _) => Need::Breaking,
        (false, rust::Verdict::None) => Need::Nothing,
        (false, _) => Need::Additive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::rust::{Api, Change, Verdict};

    fn rust(verdict: Verdict, refused: Option<Refused>, items: &[&str]) -> Rust {
        let change = |item: &&str| Change {
            class: rust::Class::Breaking,
            item: (*item).to_owned(),
            message: String::new(),
        };
        Rust {
            verdict,
            reason: None,
            changes: items.iter().map(change).collect(),
            refused,
            api: Api::default(),
        }
    }

    #[test]
    fn only_promised_types_break_the_crate_on_top() {
        let promised = BTreeSet::from(["Ticket".to_owned()]);
        let needs =
            |items: &[&str]| of_promises(Some(&rust(Verdict::Breaking, None, items)), &promised);
        assert_eq!(needs(&["types::Ticket::subject"]), Need::Breaking);
        assert_eq!(needs(&["types::Ticket"]), Need::Breaking);
        assert_eq!(needs(&["types::CreateTicket::subject"]), Need::Additive);
        assert_eq!(needs(&["builder::Ticket"]), Need::Additive);
    }

    #[test]
    fn a_crate_that_never_was_is_missed_by_nobody() {
        let needs = |refused| of_rust(Some(&rust(Verdict::NotGeneratable, Some(refused), &[])));
        assert_eq!(needs(Refused::New), Need::Breaking);
        assert_eq!(needs(Refused::Old), Need::Additive);
        assert_eq!(needs(Refused::Both), Need::Nothing);
    }
}
