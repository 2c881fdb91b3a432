//! Lists the public items of a generated crate.

use spec_codegen::emit::Module;

use super::item::ApiItem;
use super::macros;
use super::visit::Visit;

/// The public items of a crate, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    entries: Vec<ApiItem>,
    hidden: Vec<String>,
}

impl Api {
    /// Lists the public items of a crate's modules.
    pub fn of(modules: &[Module]) -> Self {
        let mut entries = Visit::of(modules);
        entries.sort();
        entries.dedup();
        let hidden = modules.iter().flat_map(macros::hidden_by).collect();
        Self { entries, hidden }
    }

    /// The macros that may declare further items, with their places.
    pub fn hidden(&self) -> &[String] {
        &self.hidden
    }

    /// The public items.
    pub fn entries(&self) -> &[ApiItem] {
        &self.entries
    }
}
