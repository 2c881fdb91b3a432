//! The values of the source that a map is about, and how often they were met.

use std::collections::BTreeMap;

use crate::map::Entry;

/// The tables of a map, by their names there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Agents,
    Teams,
    Statuses,
    Priorities,
    Channels,
    Addresses,
    Roles,
    CustomFields,
    /// Members and columns that no map is about.
    Tickets,
    Comments,
    Users,
}

impl Table {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Agents => "agents",
            Self::Teams => "teams",
            Self::Statuses => "statuses",
            Self::Priorities => "priorities",
            Self::Channels => "channels",
            Self::Addresses => "addresses",
            Self::Roles => "roles",
            Self::CustomFields => "custom_fields",
            Self::Tickets => "tickets",
            Self::Comments => "comments",
            Self::Users => "users",
        }
    }
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The map, or what is known of the source, says what it is.
    Mapped,
    Unmapped,
    /// The map leaves it out.
    Dropped,
    /// There is no place for it.
    NotCarried,
}

/// A value and what was met of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Value {
    /// What a person knows it by.
    pub(crate) label: Option<String>,
    /// What it becomes without a map.
    pub(crate) default: Option<&'static str>,
    counts: [u64; 4],
    /// The first ticket it was met in.
    pub(crate) first: String,
    /// The values of a custom field.
    pub(crate) inner: BTreeMap<String, u64>,
}

impl Value {
    pub(crate) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(crate) fn of(&self, fate: Fate) -> u64 {
        let count = self.counts.get(fate as usize);
        count.copied().unwrap_or_default()
    }
}

/// The most values that are told apart, so that memory stays flat.
const MOST: usize = 10_000;

/// The most values of a custom field that are told apart.
pub(crate) const MOST_INNER: usize = 50;

/// What stands for values beyond those.
const OTHERS: &str = "(others)";

#[derive(Debug, Default)]
pub(crate) struct Met {
    tables: BTreeMap<Table, BTreeMap<String, Value>>,
    spare: Value,
}

impl Met {
    pub(crate) fn add(
        &mut self,
        table: Table,
        value: &str,
        fate: Fate,
        ticket: &str,
    ) -> &mut Value {
        let values = self.tables.entry(table).or_default();
        let is_known = values.contains_key(value);
        let value = match is_known || values.len() < MOST {
            true => value,
            false => OTHERS,
        };
        if !is_known && !values.contains_key(value) {
            let new = Value {
                first: ticket.to_owned(),
                ..Value::default()
            };
            values.insert(value.to_owned(), new);
        }
        // It is there now; the spare one is for the compiler.
        let met = values.get_mut(value).unwrap_or(&mut self.spare);
        if let Some(count) = met.counts.get_mut(fate as usize) {
            *count = count.saturating_add(1);
        }
        met
    }

    /// Counts a value of which the map has `entry`, and which is `default` without
    /// one.
    pub(crate) fn count<T>(
        &mut self,
        table: Table,
        value: &str,
        entry: Option<&Entry<T>>,
        default: Option<&'static str>,
        ticket: &str,
    ) -> &mut Value {
        let fate = match (entry, default) {
            (Some(Entry::To(_)), _) | (None, Some(_)) => Fate::Mapped,
            (Some(Entry::LeftOut), _) => Fate::Dropped,
            (None, None) => Fate::Unmapped,
        };
        let met = self.add(table, value, fate, ticket);
        met.default = default;
        met
    }

    pub(crate) fn table(&self, table: Table) -> impl Iterator<Item = (&str, &Value)> {
        let values = self.tables.get(&table).into_iter().flatten();
        values.map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (Table, &str, &Value)> {
        self.tables.iter().flat_map(|(table, values)| {
            values
                .iter()
                .map(|(name, value)| (*table, name.as_str(), value))
        })
    }
}
