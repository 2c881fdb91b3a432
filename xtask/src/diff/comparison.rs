//! Compares two documents, on the wire and in Rust.

use serde_json::Value;
use spec_codegen::lint::Origin;
use spec_diff::Wire;
use spec_diff::compatibility::Class;

use super::accepted::Accepted;
use super::need::Need;
use super::rust::{self, Refused, Rust};

/// The changes for the service's callers and for the crates' users.
#[derive(Debug)]
pub struct Comparison {
    /// The changes on the wire.
    pub wire: Wire,
    /// The changes of the generated crate, if the crates were compared.
    pub rust: Option<Rust>,
}

impl Comparison {
    /// Compares two documents. `origin` is the owner of the new document.
    pub fn of(old: &Value, new: &Value, origin: Origin, with_rust: bool) -> Self {
        let wire = spec_diff::compare(old, new);
        let rust = with_rust.then(|| rust::compare(old, new, origin, &wire));
        Self { wire, rust }
    }

    /// Returns the kind of version that the change needs.
    pub fn need(&self, accepted: &Accepted) -> Need {
        self.need_of_wire(accepted).max(self.need_of_rust())
    }

    /// Returns the breaks on the wire without acknowledgement.
    pub fn breaks<'a>(
        &'a self,
        accepted: &'a Accepted,
    ) -> impl Iterator<Item = &'a spec_diff::Change> {
        let breaking = |change: &&spec_diff::Change| change.class == Class::Breaking;
        let changes = self.wire.changes.iter().filter(breaking);
        changes.filter(|change| accepted.reason(change).is_none())
    }

    /// Returns the kind of version that the changes on the wire need. They need a version even
    /// if no signature changed, because the client behaves differently. An acknowledged break
    /// counts as an addition.
    fn need_of_wire(&self, accepted: &Accepted) -> Need {
        let plain = |change: &spec_diff::Change| change.class == Class::DocOnly;
        if self.breaks(accepted).next().is_some() {
            Need::Breaking
        } else if self.wire.changes.iter().all(plain) {
            Need::Nothing
        } else {
            Need::Additive
        }
    }

    /// Returns the kind of version that the generated crate needs. `gorgias` needs the same
    /// kind, because it re-exports all of the crate.
    pub fn need_of_rust(&self) -> Need {
        let Some(rust) = &self.rust else {
            return Need::Nothing;
        };
        match (rust.verdict, rust.refused) {
            (rust::RustVerdict::Additive, _) | (_, Some(Refused::Old)) => Need::Additive,
            (rust::RustVerdict::Breaking, _) => Need::Breaking,
            // No version helps if the crate can't be generated.
            (rust::RustVerdict::None | rust::RustVerdict::NotGeneratable, _) => Need::Nothing,
        }
    }

    /// Returns the documents that the generator refuses, and why.
    pub fn refusal(&self) -> Option<(Refused, &str)> {
        let rust = self.rust.as_ref()?;
        Some((rust.refused?, rust.reason.as_deref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::rust::RustVerdict;

    fn of_rust(verdict: RustVerdict, refused: Option<Refused>) -> Need {
        let rust = Rust {
            verdict,
            reason: None,
            changes: Vec::new(),
            uncovered: Vec::new(),
            refused,
        };
        let comparison = Comparison {
            wire: Wire::default(),
            rust: Some(rust),
        };
        comparison.need(&Accepted::default())
    }

    #[test]
    fn a_crate_that_comes_is_an_addition_and_one_that_goes_has_no_version() {
        let refused = |which| of_rust(RustVerdict::NotGeneratable, Some(which));
        assert_eq!(refused(Refused::Both), Need::Nothing);
        assert_eq!(refused(Refused::Old), Need::Additive);
        assert_eq!(refused(Refused::New), Need::Nothing);
    }

    #[test]
    fn the_verdict_on_rust_is_what_it_asks_for() {
        assert_eq!(of_rust(RustVerdict::None, None), Need::Nothing);
        assert_eq!(of_rust(RustVerdict::Additive, None), Need::Additive);
        assert_eq!(of_rust(RustVerdict::Breaking, None), Need::Breaking);
    }
}
