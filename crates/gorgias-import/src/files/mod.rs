//! Files of this machine that lines name, to be uploaded.

mod found;
mod local;
mod place;

pub(crate) use self::found::{Found, Named, found};
pub(crate) use self::local::{LocalFile, locate};
pub(crate) use self::place::place;

/// Whether an address is one of a file of this machine.
pub(crate) fn is_file(address: &str) -> bool {
    let scheme = address.get(.."file:".len());
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}
