//! Finds out whether a ticket with an external id exists.
//!
//! [`call`] asks the service, and `crate::evidence` decides what the answers prove.
//! [`answer`] has the result. [`page`] reads the keys of one page of the list, for
//! callers that compare many tickets, such as an import.

mod answer;
mod call;
mod page;

pub use self::answer::LookUp;
pub use self::call::LookUpCall;
pub use self::page::{KeyPage, ListedKey};
