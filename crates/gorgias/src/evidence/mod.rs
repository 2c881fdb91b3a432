//! Finding out whether something with an external id exists.
//!
//! Reading is lenient everywhere else, so that a strange answer costs nobody
//! anything. Here a strange answer must not count as "there is none", or a
//! second one is made. [`item`] reads the items of a list for their keys alone
//! and says what of them can't be read; [`answer`] has what looking comes to;
//! [`patience`] looks again.

mod answer;
mod item;
mod patience;

pub use self::answer::NoEvidence;
pub(crate) use self::answer::{Evidence, Found, Reason};
pub(crate) use self::item::{Defect, Item, Outline, has_more_text, object};
pub(crate) use self::patience::{Look, look_until_told};
