//! P: successes with changed JSON. They change every ticket of an answer.

use serde_json::json;

use super::{AT_ONCE, FaultInfo, faithful};
use crate::fault::info::Action::{Success, Ticket};
use crate::fault::payload::{self, set};

#[rustfmt::skip]
pub(super) const ROWS: &[FaultInfo] = &[
    faithful("P1", "naive-datetimes", AT_ONCE, Ticket(payload::naive_datetimes),
        "Datetimes without an offset."),
    faithful("P2", "mixed-datetimes", AT_ONCE, Ticket(payload::mixed_datetimes),
        "Datetimes with Z, without a fraction, with a space, and one that is none."),
    faithful("P3", "unknown-values", AT_ONCE, Ticket(payload::unknown_values),
        "Values of status, priority, via and channel nobody has seen."),
    faithful("P4", "unknown-fields", AT_ONCE, Ticket(payload::unknown_fields),
        "Fields nobody has seen, on the ticket and inside."),
    faithful("P5", "missing-fields", AT_ONCE, Ticket(|ticket| ticket.retain(|key, _| key == "id")),
        "No field but the id."),
    faithful("P6", "missing-id", AT_ONCE, Ticket(|ticket| ticket.retain(|key, _| key != "id")),
        "No id."),
    faithful("P7", "nulls", AT_ONCE, Ticket(payload::nulls),
        "Null for every object and string."),
    faithful("P8", "null-arrays", AT_ONCE, Ticket(payload::null_arrays),
        "Null for every array."),
    faithful("P9", "numbers-as-strings", AT_ONCE, Ticket(payload::numbers_as_strings),
        "Integers as strings, the id included."),
    faithful("P10", "strings-as-numbers", AT_ONCE, Ticket(|ticket| set(ticket, json!({"external_id": 123, "subject": 1234.5}))),
        "External id and subject as numbers."),
    faithful("P11", "float-ids", AT_ONCE, Ticket(payload::float_ids),
        "Ids with a decimal point, the ticket's included."),
    faithful("P12", "large-integers", AT_ONCE, Ticket(payload::large_integers),
        "2^53 + 1 and the largest 64-bit integer beside the id."),
    faithful("P13", "huge-integers", AT_ONCE, Success(payload::huge_integers),
        "Integers beyond 64 bits, one of 400 digits, beside the id."),
    faithful("P13-id", "huge-id", AT_ONCE, Success(payload::huge_id),
        "An id of 400 digits."),
    faithful("P14", "duplicate-keys", AT_ONCE, Success(payload::duplicate_keys),
        "A key twice."),
    faithful("P15", "deep-meta", AT_ONCE, Ticket(payload::deep_meta),
        "A meta 200 objects deep."),
    faithful("P16", "long-external-id", AT_ONCE, Ticket(|ticket| set(ticket, json!({"external_id": "x".repeat(256)}))),
        "An external id of 256 characters, one more than a request may have."),
    faithful("P17", "other-shapes", AT_ONCE, Ticket(payload::other_shapes),
        "Custom fields as a map, decorations empty and null, from_agent null."),
    faithful("P18", "odd-text", AT_ONCE, Ticket(payload::odd_text),
        "A subject with emoji, a NUL and right-to-left text."),
    faithful("P18-surrogate", "lone-surrogate", AT_ONCE, Success(payload::lone_surrogate),
        "A subject with an escaped lone surrogate."),
    faithful("P18-large", "large-text", AT_ONCE, Ticket(|ticket| set(ticket, json!({"subject": "x".repeat(1024 * 1024)}))),
        "A subject of a megabyte."),
];
