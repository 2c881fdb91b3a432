//! The tables of a map. A table has the new value for each value of the source.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The entry of a value in a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mapped<T> {
    /// The value is left out. The map has `false` for it.
    LeftOut,
    /// The value becomes this one.
    To(T),
}

/// A table of a map, with an entry for each value of the source.
#[derive(Clone, Debug)]
pub(crate) struct Mappings<T>(HashMap<String, Mapped<T>>);

impl<T> Default for Mappings<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> Mappings<T> {
    pub(crate) fn insert(&mut self, value: String, mapped: Mapped<T>) {
        self.0.insert(value, mapped);
    }

    /// The entry of a value, or else of the value in lower case.
    pub(crate) fn get(&self, value: &str) -> Option<&Mapped<T>> {
        if self.0.is_empty() {
            return None;
        }
        let found = self.0.get(value);
        found.or_else(|| self.0.get(&value.to_lowercase()))
    }
}

/// A user of the helpdesk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AgentRef {
    Id(i64),
    Email(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    Agent,
    Customer,
}
