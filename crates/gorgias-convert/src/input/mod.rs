//! Opens the files of an export, and reads JSON values from them one by one.

mod file;
mod json;
mod repair;
mod splitter;

pub(crate) use self::file::{Counted, open};
pub(crate) use self::json::{Json, Object};
pub(crate) use self::repair::parse;
pub(crate) use self::splitter::{Item, Names, Splitter};
