//! Finding out whether a ticket with an external id exists.
//!
//! [`page`] reads a page of the list for its keys alone, [`answer`] has what a
//! look-up comes to, and [`call`] asks the service.

mod answer;
mod call;
mod page;

pub use self::answer::LookUp;
pub use self::call::LookUpCall;
pub use self::page::{KeyPage, ListedKey};
