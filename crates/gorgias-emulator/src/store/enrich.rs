//! Enriches new tickets and tickets with new messages as the service does. The service
//! detects the language and the customer's intent, fills in a custom field that it
//! manages, and moves `updated_datetime`.
//!
//! The enrichment is off by default. It is due at a time of the emulator's clock, so no
//! ticket is enriched while the clock stands still.

use std::time::Duration;

use serde_json::{Value, json};

use super::Store;
use super::collection::ResourceKind;
use super::ticket::{Message, Ticket};
use crate::timestamp::Timestamp;

/// How long the service takes for a ticket with text: 1.6 to 2.2 seconds were
/// recorded.
const WITH_TEXT: Duration = Duration::from_millis(1900);

/// How long the service takes for a ticket without a customer's text.
const WITHOUT_TEXT: Duration = Duration::from_millis(200);

/// The id of the custom field that the service fills in, and its value. Only
/// tickets on one channel get it.
const INTENT_FIELD: (i64, &str) = (318_001, "Other::Other::Other");
const INTENT_FIELD_CHANNEL: &str = "email";

impl Store {
    /// Schedules the enrichment of a ticket that was created or got a message. Does
    /// nothing if the emulator doesn't enrich tickets.
    pub(super) fn enrich_later(&mut self, id: i64) {
        if !self.policy.enriches {
            return;
        }
        if let Some(ticket) = self.tickets.get(&id) {
            let takes = match ticket.messages.iter().any(says_something) {
                true => WITH_TEXT,
                false => WITHOUT_TEXT,
            };
            self.enrichments
                .insert((ticket.updated_datetime.after(takes), id));
        }
    }

    /// Adds the definition of the field that is filled in, if it is missing.
    fn manage_intents(&mut self, now: Timestamp) {
        let (id, value) = INTENT_FIELD;
        let definition = json!({
            "label": "AI Intent", "description": "Topics detected in tickets", "priority": 4,
            "managed_type": "ai_intent",
            "definition": {
                "data_type": "text",
                "input_settings": {"input_type": "dropdown", "choices": [value]},
            },
        });
        if self.resource(ResourceKind::CustomFields, id).is_none()
            && let Value::Object(definition) = definition
        {
            self.add(ResourceKind::CustomFields, Some(id), &definition, now);
        }
    }

    /// Returns the time of the next enrichment.
    pub(crate) fn next_enrichment(&self) -> Option<Timestamp> {
        self.enrichments.first().map(|&(due, _)| due)
    }

    /// Enriches the next ticket.
    pub(crate) fn apply_enrichment(&mut self) {
        let Some((due, id)) = self.enrichments.pop_first() else {
            return;
        };
        let _ = self.change(id, |ticket| {
            enrich(ticket);
            ticket.updated_datetime = due;
        });
        self.manage_intents(due);
    }
}

/// Whether a message has a customer's text, so that an intent can be detected.
fn says_something(message: &Message) -> bool {
    !message.from_agent && (message.body_text.is_some() || message.body_html.is_some())
}

fn enrich(ticket: &mut Ticket) {
    let mut detected = false;
    for message in &mut ticket.messages {
        if says_something(message) {
            message.intents = vec![intent()];
            detected = true;
        }
    }
    if !detected {
        return;
    }
    ticket.language.get_or_insert_with(|| "en".to_owned());
    let (field, value) = INTENT_FIELD;
    if ticket.channel == INTENT_FIELD_CHANNEL {
        ticket
            .custom_fields
            .entry(field)
            .or_insert_with(|| json!(value));
    }
}

fn intent() -> Value {
    json!({ "name": "other/question", "rejected": null, "is_user_feedback": false })
}
