//! What the values of the source become.

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
