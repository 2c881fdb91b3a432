//! Looks up the ids of users, teams and custom fields by their names. The error for an
//! unknown name or tag suggests the closest names ([`suggestions`]).

mod fields;
mod names;
mod suggestions;

pub(crate) use self::fields::Fields;
pub(crate) use self::names::{team, unknown_tags, user};
