//! Finding out whether a ticket with an external id exists.
//!
//! Reading is lenient everywhere else, so that a strange answer costs nobody a
//! ticket. Here a strange answer must not count as "there is none", or a
//! second ticket is made. [`page`] reads a page of the list for its keys alone
//! and says what in it can't be read; [`answer`] has what a look-up comes to;
//! [`call`] asks the service.

mod answer;
mod call;
mod page;

pub use self::answer::{LookUp, NoEvidence};
pub use self::call::LookUpCall;
pub(super) use self::page::is_list;
pub use self::page::{KeyPage, ListedKey};
