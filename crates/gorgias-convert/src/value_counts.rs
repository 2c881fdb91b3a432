//! Counts the values of the source that a map can convert.

use std::collections::BTreeMap;

use crate::map::Mapped;

/// The tables of a map, and kinds of data that no map can convert.
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
    /// Members and columns that no map can convert, of tickets, comments and users.
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

/// How an occurrence of a value was converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Handling {
    /// The map or a default says what the value becomes.
    Mapped,
    Unmapped,
    /// The map leaves the value out.
    Dropped,
    /// A ticket has no place for the value.
    NotCarried,
}

/// The occurrences of a value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Value {
    /// A name of the value that people can read.
    pub(crate) label: Option<String>,
    /// What the value becomes if the map has no entry for it.
    pub(crate) default: Option<&'static str>,
    pub(crate) counts: BTreeMap<Handling, u64>,
    /// The external id of the first ticket that has the value.
    pub(crate) first: String,
    /// How often a custom field has each of its values.
    pub(crate) inner: BTreeMap<String, u64>,
}

impl Value {
    pub(crate) fn count(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// The most values of a table that are counted one by one. This limit bounds the
/// memory.
const MOST: usize = 10_000;

/// The most values of a custom field that are counted one by one.
pub(crate) const MOST_INNER: usize = 50;

/// The name under which all further values are counted together.
const OTHERS: &str = "(others)";

#[derive(Debug, Default)]
pub(crate) struct ValueCounts {
    tables: BTreeMap<Table, BTreeMap<String, Value>>,
}

impl ValueCounts {
    pub(crate) fn add(
        &mut self,
        table: Table,
        value: &str,
        handling: Handling,
        ticket: &str,
    ) -> &mut Value {
        let values = self.tables.entry(table).or_default();
        let value = match values.len() < MOST || values.contains_key(value) {
            true => value,
            false => OTHERS,
        };
        let counted = values.entry(value.to_owned()).or_insert_with(|| Value {
            first: ticket.to_owned(),
            ..Value::default()
        });
        let count = counted.counts.entry(handling).or_default();
        *count = count.saturating_add(1);
        counted
    }

    /// Counts a value. `mapped` is its entry in the map. `default` is what the value becomes
    /// without an entry.
    pub(crate) fn count<T>(
        &mut self,
        table: Table,
        value: &str,
        mapped: Option<&Mapped<T>>,
        default: Option<&'static str>,
        ticket: &str,
    ) -> &mut Value {
        let handling = match (mapped, default) {
            (Some(Mapped::To(_)), _) | (None, Some(_)) => Handling::Mapped,
            (Some(Mapped::LeftOut), _) => Handling::Dropped,
            (None, None) => Handling::Unmapped,
        };
        let counted = self.add(table, value, handling, ticket);
        counted.default = default;
        counted
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
