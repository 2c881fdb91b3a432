//! The keys of replies in a journal.

use gorgias_runtime::ExternalId;

/// The beginning of the key of a reply.
const REPLY: &str = "gorgias.reply";

/// Returns the key that [`reply_once`](crate::Tickets::reply_once) uses in a
/// journal, for a reply to a ticket under an external id. The key of a ticket is
/// its external id.
///
/// ```
/// use gorgias::ExternalId;
/// use gorgias::journal::{replied_ticket, reply_key};
///
/// let id: ExternalId = "shipment-77".parse()?;
/// let key = reply_key(254_610_233, &id);
/// assert_eq!(key.as_str(), "gorgias.reply:254610233:shipment-77");
/// assert_eq!(replied_ticket(&key), Some(254_610_233));
/// assert_eq!(replied_ticket(&id), None);
/// # Ok::<(), gorgias::InvalidExternalId>(())
/// ```
#[must_use]
pub fn reply_key(ticket_id: i64, id: &ExternalId) -> ExternalId {
    id.scoped(&format!("{REPLY}:{ticket_id}"))
}

/// Returns the id of the ticket to which a reply was made, from the reply's key
/// in a journal. Returns `None` for the key of a ticket.
#[must_use]
pub fn replied_ticket(key: &ExternalId) -> Option<i64> {
    let scope = key.as_str().strip_prefix(REPLY)?.strip_prefix(':')?;
    let (ticket_id, _) = scope.split_once(':')?;
    ticket_id.parse().ok()
}
