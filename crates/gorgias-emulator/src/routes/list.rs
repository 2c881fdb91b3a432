//! GET /api/tickets

use ::http::StatusCode;
use serde_json::Value;

use super::{Call, cursor, failure};
use crate::document::Violation;
use crate::http::answer::Answer;
use crate::http::{envelope, query};
use crate::shared::Shared;
use crate::store::{Direction, Filter, SortKey};
use crate::wire::compact::{CompactView, ListMeta, ListView};

/// Documented.
const DEFAULT_LIMIT: u64 = 30;

pub(super) fn answer(shared: &Shared, call: Call<'_>) -> Answer {
    let text = |name: &str| call.values.get(name).and_then(Value::as_str);
    let from = match text("cursor").map(cursor::read) {
        Some(None) => {
            let violation = Violation::new(&["cursor"], "Must be a cursor of an earlier page.");
            let message = failure(&call.operation.id);
            return envelope::invalid(&message, &[violation], shared.strictness.error_data);
        }
        Some(Some(from)) => from,
        None => None,
    };
    // The order is not part of the cursor: whoever leaves it out on a later
    // page gets the default order from there on, as with the service.
    let (key, descending) = match text("order_by") {
        Some("created_datetime:asc") => (SortKey::Created, false),
        Some("updated_datetime:asc") => (SortKey::Updated, false),
        Some("updated_datetime:desc") => (SortKey::Updated, true),
        _ => (SortKey::Created, true),
    };
    let values = &call.values;
    let limit = values.get("limit").and_then(Value::as_u64);
    let ids = values.get("ticket_ids").and_then(Value::as_array);
    let filter = Filter {
        customer_id: values.get("customer_id").and_then(Value::as_i64),
        external_id: text("external_id"),
        matching: (call.delivery.matching).unwrap_or(shared.strictness.external_id),
        nothing: values.contains_key("view_id") || values.contains_key("rule_id"),
        ticket_ids: ids.map(|ids| ids.iter().filter_map(Value::as_i64).collect()),
        trashed: values.get("trashed") != Some(&Value::Bool(false)),
        now: call.now,
    };
    let limit = usize::try_from(limit.unwrap_or(DEFAULT_LIMIT)).unwrap_or(usize::MAX);
    let store = shared.store();
    let page = store.page(&filter, key, descending, from, limit);
    let uri = call.request.uri();
    let query = query::parse(uri.query().unwrap_or_default());
    let view = ListView {
        object: "list",
        uri: format!("{}?{}", uri.path(), query::encode(&query)),
        data: page
            .tickets
            .into_iter()
            .map(|ticket| CompactView::new(&store, ticket))
            .collect(),
        meta: ListMeta {
            prev_cursor: page
                .previous
                .map(|position| cursor::write(Direction::Previous, position)),
            next_cursor: page
                .next
                .map(|position| cursor::write(Direction::Next, position)),
            total_resources: None,
        },
    };
    Answer::json(StatusCode::OK, &view)
}
