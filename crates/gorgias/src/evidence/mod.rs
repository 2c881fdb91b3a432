//! Finding out whether something with an external id exists.
//!
//! Reading is lenient everywhere else, so that a strange answer costs nobody
//! anything. Here a strange answer must not count as "there is none", or a
//! second one is made. [`item`] reads an item of a list for its keys alone and
//! says what of it can't be read, and [`keys`] a page of items; [`walk`] reads a
//! list page by page; [`answer`] has what looking comes to; [`look`] looks again.

mod answer;
mod item;
mod keys;
mod look;
mod walk;

pub use self::answer::NoEvidence;
pub(crate) use self::answer::{Evidence, Found, Reason};
pub(crate) use self::item::{Defect, Item, has_more_text, object};
pub(crate) use self::keys::{Key, Keys};
pub(crate) use self::look::{Look, Parts, look_until_told};
pub(crate) use self::walk::{Asked, CursorList};
