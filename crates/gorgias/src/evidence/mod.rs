//! Decides by the service's lists whether a ticket, a message or a customer exists.
//! The look-ups in `tickets`, `replies` and `customers` ask for the lists, and each
//! runs through [`look_until_proof`].
//!
//! Other readers are lenient, so that a strange answer does no harm. Here a
//! strange answer must not count as a proof of absence, because a duplicate
//! would be created then. [`item`] reads the keys of an item and finds parts
//! that can't be read, and [`keys`] reads the keys of all items of a page.
//! [`pages`] reads a list page by page, and reads it again while the answers
//! prove nothing. [`answer`] has the result.

mod answer;
mod item;
mod keys;
mod pages;

pub use self::answer::NoEvidence;
pub(crate) use self::answer::{Evidence, Found, Reason};
pub(crate) use self::item::{Defect, Item, Key, has_more_text, object};
pub(crate) use self::keys::Keys;
pub(crate) use self::pages::{Asked, PagedList, RequestOptions, look_until_proof};
