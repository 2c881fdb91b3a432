//! L: lists that can't be read, or show other items than asked for. They apply
//! to lists only. If a list has no items, L2 and L3 make one up, except
//! L3-number, whose item could be read as a ticket.

use super::{AT_ONCE, FaultInfo, faithful};
use crate::fault::info::Action::List;
use crate::fault::list::Listing;
use crate::strictness::ExternalIdMatch;

#[rustfmt::skip]
pub(super) const ROWS: &[FaultInfo] = &[
    faithful("L1", "data-null", AT_ONCE, List(Listing::DataNull),
        "A list whose data is null."),
    faithful("L1-missing", "data-missing", AT_ONCE, List(Listing::DataMissing),
        "A list without data."),
    faithful("L1-text", "data-text", AT_ONCE, List(Listing::DataText),
        "A list whose data is a string."),
    faithful("L1-object", "data-object", AT_ONCE, List(Listing::DataObject),
        "A list whose data is an object."),
    faithful("L1-bare", "bare-array", AT_ONCE, List(Listing::Bare),
        "The items of a list without the object around them."),
    faithful("L2", "item-null", AT_ONCE, List(Listing::ItemNull),
        "Null in place of each item of a list."),
    faithful("L2-id", "item-id-null", AT_ONCE, List(Listing::IdNull),
        "Items of a list whose id is null."),
    faithful("L2-id-text", "item-id-text", AT_ONCE, List(Listing::IdText),
        "Items of a list whose id is text that is no number."),
    faithful("L3", "external-id-missing", AT_ONCE, List(Listing::ExternalIdMissing),
        "Items of a list without external_id."),
    faithful("L3-null", "external-id-null", AT_ONCE, List(Listing::ExternalIdNull),
        "Items of a list whose external_id is null."),
    faithful("L3-object", "external-id-object", AT_ONCE, List(Listing::ExternalIdObject),
        "Items of a list whose external_id is an object."),
    faithful("L3-number", "external-id-number", AT_ONCE, List(Listing::ExternalIdNumber),
        "Items of a list whose external_id, where it is digits, is a number."),
    faithful("L4", "empty-first-page", AT_ONCE, List(Listing::EmptyFirst),
        "An empty first page; what there is comes on the pages after it."),
    faithful("L4-other", "other-first-page", AT_ONCE, List(Listing::OtherFirst),
        "A first page with another ticket only; what there is comes on the pages after it."),
    faithful("L4-repeated", "repeated-cursor", AT_ONCE, List(Listing::RepeatedCursor),
        "An empty page whose next cursor is always the same."),
    faithful("L5", "filter-ignored", AT_ONCE, List(Listing::Matching(ExternalIdMatch::Ignored)),
        "The filter by external id is ignored."),
    faithful("L5-case", "filter-ignores-case", AT_ONCE, List(Listing::Matching(ExternalIdMatch::IgnoreCase)),
        "The filter by external id makes no difference between upper and lower case."),
    faithful("L5-prefix", "filter-by-prefix", AT_ONCE, List(Listing::Matching(ExternalIdMatch::Prefix)),
        "The filter by external id also lets longer ones in that begin so."),
];
