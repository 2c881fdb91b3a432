//! Digests of request bodies, by which bodies are compared without storing them.

use std::fmt;

use gorgias_runtime::support::hex;
use gorgias_runtime::{Error, ExternalId};
use hmac_sha256::Hash as Sha256;
use serde_json::{Value, json};

use crate::ticket::{NewMessage, NewTicket};

/// The SHA-256 digest of a request body.
///
/// The order of members and the white space between them make no difference.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BodyHash([u8; 32]);

impl BodyHash {
    /// Returns the digest that [`create_once`](crate::Tickets::create_once)
    /// uses in the journal for a ticket under an external id.
    ///
    /// # Errors
    ///
    /// When the ticket has another external id, as with `create_once`.
    pub fn of_ticket(ticket: &NewTicket, id: &ExternalId) -> Result<Self, Error> {
        let ticket = ticket.clone().under(id)?;
        let body = ticket.to_json()?;
        Ok(Self::of(ticket.value_of(body.as_bytes())?))
    }

    /// Returns the digest that [`reply_once`](crate::Tickets::reply_once) uses
    /// in the journal for a reply to a ticket under an external id.
    ///
    /// # Errors
    ///
    /// When the message has another external id, as with `reply_once`.
    pub fn of_reply(ticket_id: i64, message: &NewMessage, id: &ExternalId) -> Result<Self, Error> {
        let message = message.clone().under(id)?;
        Self::of_sent_reply(ticket_id, message.to_json()?.as_bytes())
    }

    /// Returns the digest of a reply, computed from the body that is sent.
    pub(crate) fn of_sent_reply(ticket_id: i64, body: &[u8]) -> Result<Self, Error> {
        let message: Value = serde_json::from_slice(body).map_err(Error::unbuildable)?;
        Ok(Self::of(json!({
            "ticket_id": ticket_id,
            "message": message,
        })))
    }

    /// Returns the digest of a body.
    pub(crate) fn of(mut body: Value) -> Self {
        body.sort_all_objects();
        Self(Sha256::hash(body.to_string().as_bytes()))
    }

    /// Creates a digest from stored bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, to be stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for BodyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BodyHash").field(&hex(&self.0)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_meaning_counts() {
        let one = json!({"b": [1, {"y": null, "x": 2}], "a": "z"});
        let other = json!({"a": "z", "b": [1, {"x": 2, "y": null}]});
        assert_eq!(BodyHash::of(one.clone()), BodyHash::of(other));
        assert_ne!(BodyHash::of(one), BodyHash::of(json!({"a": "z", "b": [1]})));
        let stored = BodyHash::of(json!({}));
        assert_eq!(BodyHash::from_bytes(*stored.as_bytes()), stored);
    }

    /// The digests in a journal of an earlier version must stay valid.
    #[test]
    fn the_hash_of_a_ticket_stays_what_it_was() {
        let id = ExternalId::new("order-1234").unwrap();
        let text = r#"{ "messages": [{"via": "api", "channel": "api", "from_agent": false,
            "sender": {"email": "jane@example.com"}, "body_text": "Gr\u00fc\u00dfe 👋"}],
            "subject": null, "meta": {"b": 1.50, "a": [10000000000000000000, -0, 1e3]} }"#;
        let ticket = NewTicket::from_json(text).unwrap();
        let hash = BodyHash::of_ticket(&ticket, &id).unwrap();
        assert_eq!(
            hex(hash.as_bytes()),
            "63a16c12602ae93325a4da423d1c5e2e737e145918511d1025e7924088fddb1c"
        );

        let typed = NewTicket::from_customer("jane@example.com").text("Hello.");
        let written = NewTicket::from_json(&typed.to_json().unwrap()).unwrap();
        assert_eq!(
            BodyHash::of_ticket(&typed, &id).unwrap(),
            BodyHash::of_ticket(&written, &id).unwrap()
        );
    }

    #[test]
    fn the_hash_of_a_reply_stays_what_it_was_and_is_of_its_ticket() {
        let id = ExternalId::new("shipment-77").unwrap();
        let message = NewMessage::internal_note("agent@acme.example").text("Looked.");
        let hash = |ticket_id| BodyHash::of_reply(ticket_id, &message, &id).unwrap();
        assert_eq!(
            hex(hash(7).as_bytes()),
            "3e14535c67d21c2b85f6edfc9030b220c6f67887c45f8c7c2f3f7a58d943a3d2"
        );
        assert_ne!(hash(7), hash(8));
        let named = message.clone().external_id("shipment-77");
        assert_eq!(hash(7), BodyHash::of_reply(7, &named, &id).unwrap());
        let other = message.clone().external_id("shipment-78");
        assert!(BodyHash::of_reply(7, &other, &id).is_err());
    }
}
