//! L: faults of lists, which then can't be read, or show other items than the request
//! asked for. They happen to lists only. L2 and L3 add an invented item to an empty list.
//! L3-number doesn't, since its item could be read as a ticket.

use serde_json::{Value, json};

use super::{AT_ONCE, FaultInfo, faithful};
use crate::fault::info::Action::{Filter, List};
use crate::fault::list;
use crate::strictness::ExternalIdMatch;

#[rustfmt::skip]
pub(super) const ROWS: &[FaultInfo] = &[
    faithful("L1", "data-null", AT_ONCE, List(|list| list.set_data(Value::Null)),
        "A list whose data is null."),
    faithful("L1-missing", "data-missing", AT_ONCE, List(list::without_data),
        "A list without data."),
    faithful("L1-text", "data-text", AT_ONCE, List(|list| list.set_data(json!("none"))),
        "A list whose data is a string."),
    faithful("L1-object", "data-object", AT_ONCE, List(|list| list.set_data(json!({}))),
        "A list whose data is an object."),
    faithful("L1-bare", "bare-array", AT_ONCE, List(list::bare),
        "The items of a list without the object around them."),
    faithful("L2", "item-null", AT_ONCE, List(|list| list.each(|item| *item = Value::Null)),
        "Null in place of each item of a list."),
    faithful("L2-id", "item-id-null", AT_ONCE, List(|list| list.set_in_each("id", &Value::Null)),
        "Items of a list whose id is null."),
    faithful("L2-id-text", "item-id-text", AT_ONCE, List(|list| list.set_in_each("id", &json!("none"))),
        "Items of a list whose id is text that is no number."),
    faithful("L3", "external-id-missing", AT_ONCE, List(list::without_external_ids),
        "Items of a list without external_id."),
    faithful("L3-null", "external-id-null", AT_ONCE, List(|list| list.set_in_each("external_id", &Value::Null)),
        "Items of a list whose external_id is null."),
    faithful("L3-object", "external-id-object", AT_ONCE, List(|list| list.set_in_each("external_id", &json!({}))),
        "Items of a list whose external_id is an object."),
    faithful("L3-number", "external-id-number", AT_ONCE, List(list::numeric_external_ids),
        "Items of a list whose external_id, where it is digits, is a number."),
    faithful("L4", "empty-first-page", AT_ONCE, List(list::empty_first_page),
        "An empty first page; what there is comes on the pages after it."),
    faithful("L4-other", "other-first-page", AT_ONCE, List(list::other_first_page),
        "A first page with another ticket only; what there is comes on the pages after it."),
    faithful("L4-repeated", "repeated-cursor", AT_ONCE, List(|list| list.show_only(json!([]))),
        "An empty page whose next cursor is always the same."),
    faithful("L5", "filter-ignored", AT_ONCE, Filter(ExternalIdMatch::Ignored),
        "The filter by external id is ignored."),
    faithful("L5-case", "filter-ignores-case", AT_ONCE, Filter(ExternalIdMatch::IgnoreCase),
        "The filter by external id ignores case."),
    faithful("L5-prefix", "filter-by-prefix", AT_ONCE, Filter(ExternalIdMatch::Prefix),
        "The filter by external id also accepts longer external ids that begin with it."),
];
