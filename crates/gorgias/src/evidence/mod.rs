//! Decides by the service's lists whether a ticket, a message or a customer exists.
//! The look-ups in `tickets`, `replies` and `customers` ask for the lists, and each
//! runs through [`look_until_proof`].
//!
//! Other readers are lenient, so that a strange answer does no harm. Here a strange
//! answer must not count as a proof of absence, because a duplicate would be
//! created then. [`item`] reads the keys of an item and finds parts that can't be
//! read, and [`keys`] reads those of a page. [`pages`] reads a list page by page,
//! [`answer`] has the result, and [`look`] repeats look-ups that prove nothing.

mod answer;
mod item;
mod keys;
mod look;
mod pages;

pub use self::answer::NoEvidence;
pub(crate) use self::answer::{Evidence, Found, Reason};
pub(crate) use self::item::{Defect, Item, has_more_text, object};
pub(crate) use self::keys::{Key, Keys};
pub(crate) use self::look::{RequestOptions, look_until_proof};
pub(crate) use self::pages::{Asked, PagedList};
