//! The map, which says what the values of the source become. [`read`] reads it from TOML.

mod columns;
mod field;
mod mapped;
mod member;
mod read;

pub(crate) use self::columns::COLUMNS;
pub(crate) use self::field::{Field, FieldType, as_text};
pub(crate) use self::mapped::{AgentRef, Mapped, Mappings, Role};
pub use self::member::InvalidMap;

use crate::time::TimeFormat;

/// Says which values in Gorgias the agents, teams, custom fields, statuses, channels
/// and other values of the source become.
///
/// A map is read from TOML; the README describes it, and
/// [`Conversion::template`](crate::Conversion::template) writes one with every value of an
/// input. An empty map is valid: values without an entry are converted by defaults, and
/// counted.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub(crate) prefix: Option<String>,
    /// The company's address, for conversations without one in the source.
    pub(crate) support_email: Option<String>,
    /// The e-mail address for people who aren't in the input.
    pub(crate) unknown_customer: Option<String>,
    /// Hosts that belong to the source.
    pub(crate) hosts: Vec<String>,
    pub(crate) csv: CsvMap,
    pub(crate) agents: Mappings<AgentRef>,
    pub(crate) teams: Mappings<i64>,
    pub(crate) statuses: Mappings<&'static str>,
    pub(crate) priorities: Mappings<&'static str>,
    pub(crate) channels: Mappings<String>,
    pub(crate) addresses: Mappings<String>,
    pub(crate) roles: Mappings<Role>,
    pub(crate) custom_fields: Mappings<Field>,
}

/// How a CSV file is to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct CsvMap {
    /// The column whose value is equal in all rows of a conversation.
    pub(crate) group: Option<String>,
    pub(crate) delimiter: Option<u8>,
    pub(crate) tags_separator: Option<String>,
    pub(crate) times: TimeFormat,
    /// The column of each member, by the member's name.
    pub(crate) columns: Vec<(String, String)>,
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    ///
    /// When the text isn't TOML, or contains a key or a value that a map can't have.
    pub fn from_toml(text: &str) -> Result<Self, InvalidMap> {
        read::map(text)
    }
}
