//! The account itself.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use crate::clock::Clock;
use crate::store::Store;
use crate::timestamp::Timestamp;

pub(super) const TABLE: Table = &[
    ("get_account", get),
    ("list_account_settings", list_settings),
];

/// The settings of the account: id, type and data.
const SETTINGS: [(i64, &str); 3] = [
    (1, "business-hours"),
    (2, "satisfaction-surveys"),
    (3, "ticket-assignment"),
];

fn get(_: &mut Store, _: &Call) -> CallResult {
    let created = Timestamp::from(Clock::EPOCH);
    let settings = SETTINGS.map(|(id, kind)| json!({ "id": id, "data": {}, "type": kind }));
    success(&json!({
        "created_datetime": created,
        "current_subscription": {
            "plan": "emulator",
            "start_datetime": created,
            "status": "active",
            "trial_end_datetime": null,
            "trial_start_datetime": null,
        },
        "deactivated_datetime": null,
        "domain": "acme",
        "meta": {},
        "settings": settings,
        "status": { "status": "active" },
    }))
}

fn list_settings(_: &mut Store, call: &Call) -> CallResult {
    let wanted = call.text("type");
    let settings = SETTINGS.into_iter();
    let settings = settings.filter(|(_, kind)| wanted.is_none_or(|wanted| wanted == *kind));
    let settings = settings.map(|(id, kind)| json!({ "id": id, "type": kind, "data": {} }));
    success(&json!({ "data": settings.collect::<Vec<Value>>() }))
}
