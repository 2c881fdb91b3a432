//! What the values of the source become.

mod columns;
mod entry;
mod field;
mod member;
mod read;

pub(crate) use self::columns::COLUMNS;
pub(crate) use self::entry::{AgentRef, Entries, Entry, Role};
pub(crate) use self::field::{Field, FieldType, as_text};
pub use self::member::InvalidMap;

use crate::time::TimeFormat;

/// What the agents, teams, custom fields, statuses, channels and other values
/// of the source become in Gorgias.
///
/// It is read from TOML; the README describes it, and
/// [`Conversion::template`](crate::Conversion::template) writes one with every
/// value of an input. An empty map is a good one: what isn't mapped is
/// converted by what is known of the source, and counted.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub(crate) prefix: Option<String>,
    /// The company's address, where the source names none.
    pub(crate) support_email: Option<String>,
    /// The e-mail address of everybody who isn't in the input.
    pub(crate) unknown_customer: Option<String>,
    /// The hosts whose addresses count as the source's.
    pub(crate) hosts: Vec<String>,
    pub(crate) csv: CsvMap,
    pub(crate) agents: Entries<AgentRef>,
    pub(crate) teams: Entries<i64>,
    pub(crate) statuses: Entries<&'static str>,
    pub(crate) priorities: Entries<&'static str>,
    pub(crate) channels: Entries<String>,
    pub(crate) addresses: Entries<String>,
    pub(crate) roles: Entries<Role>,
    pub(crate) custom_fields: Entries<Field>,
}

/// How a CSV file is to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct CsvMap {
    /// The column whose value the rows of a conversation have in common.
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
    /// When the text isn't TOML, or a key or value in it isn't one of a map.
    pub fn from_toml(text: &str) -> Result<Self, InvalidMap> {
        read::map(text)
    }
}
