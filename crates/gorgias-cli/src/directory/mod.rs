//! The ids of a helpdesk by the names that people know.

mod close;
mod fields;
mod people;
mod tags;

pub(crate) use self::fields::Fields;
pub(crate) use self::people::{team, user};
pub(crate) use self::tags::unknown_tags;
