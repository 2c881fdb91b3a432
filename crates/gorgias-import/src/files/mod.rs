//! Handles the local files that lines name. [`addresses`] finds their addresses in a line,
//! [`local`] reads the files, and [`replace`] replaces the addresses in the line.
//! `run::uploader` uploads the files.

mod addresses;
mod local;
mod replace;

pub(crate) use self::addresses::{AddressPlace, FileAddress, file_addresses};
pub(crate) use self::local::{LocalFile, locate};
pub(crate) use self::replace::replace_addresses;

/// Whether an address has the scheme `file:`.
pub(crate) fn is_file(address: &str) -> bool {
    let scheme = address.get(.."file:".len());
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}
