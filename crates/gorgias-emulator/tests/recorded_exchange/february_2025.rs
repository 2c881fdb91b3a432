//! February 2025: the one create that was recorded with its answer, value for
//! value. Answers of 2026 have more keys, which `without_newer` takes out.

use serde_json::{Value, json};

use crate::support::{create, unlimited};

const CREATED: &str = "2025-02-07T09:55:18.820Z";
const ANSWERED: &str = "2025-02-07T09:55:18.820000+00:00";

fn message(external_id: &str, html: &str, text: &str, attachments: Value) -> Value {
    json!({
        "attachments": attachments,
        "body_html": html,
        "body_text": text,
        "channel": "phone",
        "created_datetime": CREATED,
        "external_id": external_id,
        "from_agent": false,
        "sender": {"id": 488_071_553, "email": "nango@example.com"},
        "via": "api"
    })
}

fn attachment(file: &str, size: u32, kind: &str) -> Value {
    json!({
        "url": format!("https://example.com/{file}"),
        "name": file,
        "size": size,
        "content_type": kind
    })
}

fn request() -> Value {
    let attachments = json!([
        attachment("file1.png", 1024, "image/png"),
        attachment("file2.pdf", 2048, "application/pdf")
    ]);
    json!({
        "channel": "phone",
        "created_datetime": CREATED,
        "customer": {"id": 488_071_553, "email": "nango@example.com"},
        "from_agent": false,
        "opened_datetime": CREATED,
        "messages": [
            message(
                "message123",
                "<div>Hello, this is the HTML version of the message.</div>",
                "Hello, this is the text version of the message.",
                attachments
            ),
            message(
                "message124",
                "<div>Another message in HTML.</div>",
                "Another message in text.",
                json!([])
            )
        ]
    })
}

/// Returns the customer, which existed before, with two channels.
fn customer() -> Value {
    let channel = |id: i64, kind: &str, address: &str, created: &str, updated: &str| {
        json!({
            "id": id,
            "type": kind,
            "address": address,
            "preferred": true,
            "created_datetime": format!("2025-02-07T09:55:18.{created}+00:00"),
            "updated_datetime": format!("2025-02-07T09:55:18.{updated}+00:00"),
            "deleted_datetime": null,
            "user": {"id": 488_071_553, "name": null},
            "customer": {"id": 488_071_553, "name": null}
        })
    };
    json!({
        "id": 488_071_553,
        "email": "nango@example.com",
        "name": null,
        "firstname": "",
        "lastname": "",
        "meta": {"name_set_via": "agent"},
        "channels": [
            channel(613_364_760, "email", "nango@example.com", "064317", "064321"),
            channel(613_364_761, "phone", "+15550100100", "067490", "067493")
        ],
        "data": null,
        "customer": null,
        "integrations": {},
        "external_id": null,
        "note": null
    })
}

fn answered_message(ticket: &Value, sent: &Value, answered: &Value, attachments: Value) -> Value {
    let (ticket_id, id) = (ticket["id"].clone(), answered["id"].clone());
    json!({
        "id": id,
        "uri": format!("/api/tickets/{ticket_id}/messages/{id}/"),
        "message_id": null,
        "ticket_id": ticket_id,
        "external_id": sent["external_id"],
        "public": true,
        "channel": "phone",
        "via": "api",
        "source": {"type": "phone"},
        "sender": {
            "id": 488_071_553,
            "email": "nango@example.com",
            "name": null,
            "firstname": "",
            "lastname": "",
            "meta": {"name_set_via": "agent"}
        },
        "integration_id": null,
        "intents": [],
        "rule_id": null,
        "from_agent": false,
        "receiver": null,
        "subject": null,
        "body_text": sent["body_text"],
        "body_html": sent["body_html"],
        "stripped_text": null,
        "stripped_html": null,
        "stripped_signature": null,
        "attachments": attachments,
        "macros": [],
        "actions": null,
        "meta": null,
        "created_datetime": ANSWERED,
        "sent_datetime": ANSWERED,
        "failed_datetime": null,
        "opened_datetime": null,
        "last_sending_error": null,
        "is_retriable": true
    })
}

/// Removes the keys that the service added between the recordings of 2025 and
/// 2026.
fn without_newer(mut ticket: Value) -> Value {
    let take = |object: &mut Value, keys: &[&str]| {
        let object = object.as_object_mut().unwrap();
        for key in keys {
            assert!(object.shift_remove(*key).is_some(), "{key}");
        }
    };
    take(&mut ticket, &["imported", "summary", "processed_datetime"]);
    for message in ticket["messages"].as_array_mut().unwrap() {
        let keys = ["auth_customer_identity", "imported", "processed_datetime"];
        take(message, &keys);
    }
    ticket
}

#[tokio::test(start_paused = true)]
async fn the_answer_is_the_recorded_one_but_for_ids_and_the_update_time() {
    let emulator = unlimited();
    emulator.load(json!({"customers": [customer()]})).unwrap();
    let sent = request();

    let ticket = without_newer(create(&emulator, &sent).await);

    let mut attachments = sent["messages"][0]["attachments"].clone();
    for attachment in attachments.as_array_mut().unwrap() {
        attachment["public"] = json!(true);
    }
    let messages = &ticket["messages"];
    let expected = json!({
        "id": ticket["id"],
        "uri": format!("/api/tickets/{}/", ticket["id"]),
        "external_id": null,
        "events": [],
        "status": "open",
        "priority": "normal",
        "channel": "phone",
        "via": "api",
        "from_agent": false,
        "spam": false,
        "customer": customer(),
        "assignee_user": null,
        "assignee_user_id": null,
        "assignee_team": null,
        "assignee_team_id": null,
        "language": null,
        "subject": null,
        "meta": null,
        "tags": [],
        "messages": [
            answered_message(&ticket, &sent["messages"][0], &messages[0], attachments),
            answered_message(&ticket, &sent["messages"][1], &messages[1], Value::Null)
        ],
        "created_datetime": ANSWERED,
        "opened_datetime": ANSWERED,
        "last_received_message_datetime": ANSWERED,
        "last_message_datetime": ANSWERED,
        "updated_datetime": "2026-01-05T09:00:00+00:00",
        "closed_datetime": null,
        "trashed_datetime": null,
        "snooze_datetime": null,
        "satisfaction_survey": null,
        "reply_options": {
            "email": {"answerable": true},
            "internal-note": {"answerable": true},
            "phone": {"answerable": true}
        },
        "requester": customer(),
        "is_unread": true
    });
    // Compares as text, so that the order of keys counts.
    assert_eq!(
        serde_json::to_string_pretty(&ticket).unwrap(),
        serde_json::to_string_pretty(&expected).unwrap()
    );
}
