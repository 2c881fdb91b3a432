//! What a list is asked for.

use gorgias_api::calls::ListTickets;
use gorgias_api::types::TicketOrder;
use gorgias_runtime::support::Draft;

use super::Cursor;

/// The parameters of a list.
#[derive(Clone, Default)]
pub(super) struct Query {
    pub(super) cursor: Option<Cursor>,
    pub(super) limit: Option<i64>,
    pub(super) order_by: Option<TicketOrder>,
    pub(super) customer_id: Option<i64>,
    pub(super) external_id: Option<String>,
    pub(super) view_id: Option<i64>,
    pub(super) rule_id: Option<i64>,
    pub(super) ticket_ids: Option<Vec<i64>>,
    pub(super) trashed: Option<bool>,
}

impl Query {
    /// The request of an operation that is filled in.
    pub(super) fn fill(self, mut operation: ListTickets) -> Draft {
        // What the service makes of an empty filter isn't known. It could
        // well be every ticket there is.
        let empty = self.external_id.as_deref() == Some("");
        if let Some(cursor) = self.cursor {
            operation = operation.cursor(cursor.as_str());
        }
        if let Some(limit) = self.limit {
            operation = operation.limit(limit);
        }
        if let Some(order) = self.order_by {
            operation = operation.order_by(order);
        }
        if let Some(id) = self.customer_id {
            operation = operation.customer_id(id);
        }
        if let Some(id) = self.external_id {
            operation = operation.external_id(id);
        }
        if let Some(id) = self.view_id {
            operation = operation.view_id(id);
        }
        if let Some(id) = self.rule_id {
            operation = operation.rule_id(id);
        }
        if let Some(ids) = self.ticket_ids {
            operation = operation.ticket_ids(ids);
        }
        if let Some(trashed) = self.trashed {
            operation = operation.trashed(trashed);
        }
        let mut draft = operation.draft();
        if empty {
            draft.refuse("external_id", "must not be empty");
        }
        draft
    }
}
