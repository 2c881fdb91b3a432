//! What a program can see of a generated crate.

use spec_codegen::emit::Module;

use super::item::ApiItem;
use super::macros;
use super::visit::Visit;

/// Everything a crate offers, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    entries: Vec<ApiItem>,
    hidden: Vec<String>,
}

impl Api {
    /// Lists what the modules of a crate offer.
    pub fn of(modules: &[Module]) -> Self {
        let mut entries = Visit::of(modules);
        entries.sort();
        entries.dedup();
        let hidden = modules.iter().flat_map(macros::hidden_by).collect();
        Self { entries, hidden }
    }

    /// The macros that hide a part of what it offers, with their places.
    pub fn hidden(&self) -> &[String] {
        &self.hidden
    }

    /// What it offers.
    pub fn entries(&self) -> &[ApiItem] {
        &self.entries
    }
}
