//! Reads only the keys of one page of the list.

use std::fmt;

use chrono::{DateTime, Utc};
use gorgias_api::calls::ListTickets;
use gorgias_runtime::Error;
use gorgias_runtime::support::{OperationCall, read_json};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::evidence::{Item, Keys, has_more_text};

/// The keys of the tickets on one page of the list, and the number of items that
/// can't be read.
///
/// `Debug` shows how many there are and no keys, because an external id may be
/// personal data.
#[non_exhaustive]
pub struct KeyPage {
    /// The tickets whose keys could be read, in the order of the list.
    pub tickets: Vec<ListedKey>,
    /// The number of items of the page that could not be read: items that are no
    /// object or have a member twice, have no whole number above zero as their id,
    /// or have no external id that is a text, a whole number or null. Text after the
    /// list counts as one more item. A page with such items doesn't prove that a key
    /// is absent.
    pub unreadable: usize,
    next: Option<String>,
}

/// The keys and times of a listed ticket.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedKey {
    /// The ticket's id.
    pub ticket_id: i64,
    /// The external id: the text, or the digits of a number. `None` if it is null.
    pub external_id: Option<String>,
    /// When the ticket was created, by the service's clock, or the time that the
    /// creator of the ticket set. `None` if the item has no readable time.
    pub created_datetime: Option<DateTime<Utc>>,
    /// When the ticket was changed last, by the service's clock. `None` if the item
    /// has no readable time.
    pub updated_datetime: Option<DateTime<Utc>>,
}

impl KeyPage {
    /// Reads only the keys on one page of a list, from the JSON as it was received.
    /// It is for programs that must know which external ids the list has, and how
    /// many items can't be read.
    ///
    /// # Errors
    ///
    /// Those of the call, and
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse) when the
    /// status isn't 200.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// let page = gorgias::KeyPage::read(client.tickets().list().limit(100)).await?;
    /// assert_eq!(page.unreadable, 0);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn read(list: ListTickets) -> Result<Self, Error> {
        let (mut page, metadata) = list.read_as(read_json::<Self>).await?.into_parts();
        let status = metadata.status().as_u16();
        if status != 200 {
            return Err(Error::unexpected(format!(
                "a list came with status {status}, and not with 200"
            )));
        }
        // If the body has several JSON texts, any of them may be the answer.
        if has_more_text(metadata.body()) {
            page.unreadable = page.unreadable.saturating_add(1);
        }
        Ok(page)
    }

    /// The cursor of the next page. `None` on the last page.
    #[must_use]
    pub fn next_cursor(&self) -> Option<&str> {
        self.next.as_deref()
    }
}

impl<'de> Deserialize<'de> for KeyPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::<Item>::deserialize(deserializer)?;
        Ok(Self {
            next: keys.next_cursor().map_err(D::Error::custom)?,
            tickets: keys.items.into_iter().map(ListedKey::from).collect(),
            unreadable: keys.unreadable,
        })
    }
}

impl From<Item> for ListedKey {
    fn from(item: Item) -> Self {
        Self {
            ticket_id: item.id,
            external_id: item.external_id,
            created_datetime: item.created,
            updated_datetime: item.updated,
        }
    }
}

impl fmt::Debug for KeyPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPage")
            .field("tickets", &self.tickets.len())
            .field("unreadable", &self.unreadable)
            .field("has_next", &self.next.is_some())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ListedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedKey")
            .field("ticket_id", &self.ticket_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Option<KeyPage> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn what_is_no_list_is_no_page() {
        for text in [
            "{}",
            "[]",
            "[[],null,null]",
            "null",
            "7",
            "\"data\"",
            r#"{"error":{"msg":"Maintenance."}}"#,
            r#"{"status":"maintenance"}"#,
            r#"{"data":null}"#,
            r#"{"data":"none"}"#,
            r#"{"data":7}"#,
            r#"{"data":{"0":{"id":1,"external_id":"a"}}}"#,
            r#"{"tickets":[{"id":1,"external_id":"a"}]}"#,
            r#"{"data":[],"error":{"msg":"Maintenance."}}"#,
            r#"{"data":[],"data":[]}"#,
        ] {
            assert!(page(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_list_that_does_not_say_where_it_goes_on_is_no_page() {
        for meta in [
            r#""none""#,
            "[null]",
            r#"{"next_cursor":7}"#,
            r#"{"next_cursor":{}}"#,
            r#"{"next_cursor":"a b"}"#,
        ] {
            let text = format!(r#"{{"data":[],"meta":{meta}}}"#);
            assert!(page(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_list_says_whether_it_ends() {
        for (text, next) in [
            (r#"{"data":[]}"#, None),
            (r#" {"data":[],"error":null} "#, None),
            (r#"{"data":[],"meta":null}"#, None),
            (r#"{"data":[],"meta":{}}"#, None),
            (r#"{"data":[],"meta":{"next_cursor":null}}"#, None),
            (r#"{"data":[],"meta":{"next_cursor":""}}"#, None),
            (r#"{"data":[],"meta":{"next_cursor":"abc"}}"#, Some("abc")),
        ] {
            let page = page(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(page.next_cursor(), next, "{text}");
        }
    }

    #[test]
    fn an_external_id_is_its_text_or_its_digits() {
        for (item, key) in [
            (r#"{"id":7,"external_id":"a"}"#, Some("a")),
            (r#"{"id":"7","external_id":"\u0061"}"#, Some("a")),
            (r#"{"id":7,"external_id":""}"#, Some("")),
            (r#"{"id":7,"external_id":12}"#, Some("12")),
            (r#"{"id":7,"external_id":-12}"#, Some("-12")),
            (
                r#"{"id":7,"external_id":123456789012345678901234567890}"#,
                Some("123456789012345678901234567890"),
            ),
            (r#"{"id":7,"external_id":null}"#, None),
        ] {
            let page = page(&format!(r#"{{"data":[{item}]}}"#)).unwrap();
            assert_eq!(page.unreadable, 0, "{item}");
            assert_eq!(page.tickets[0].ticket_id, 7, "{item}");
            assert_eq!(page.tickets[0].external_id.as_deref(), key, "{item}");
        }
    }

    #[test]
    fn times_are_read_as_the_service_writes_them() {
        for (time, seconds) in [
            (r#""2026-03-02T10:00:00.104512+00:00""#, Some(1_772_445_600)),
            (r#""2026-03-02T12:00:00+02:00""#, Some(1_772_445_600)),
            (r#""2026-03-02T10:00:00.384938""#, Some(1_772_445_600)),
            (r#""soon""#, None),
            ("null", None),
            ("{}", None),
        ] {
            let item = format!(r#"{{"id":7,"external_id":null,"updated_datetime":{time}}}"#);
            let page = page(&format!(r#"{{"data":[{item}]}}"#)).unwrap();
            assert_eq!(page.unreadable, 0, "{time}");
            let read = page.tickets[0].updated_datetime;
            assert_eq!(read.map(|at| at.timestamp()), seconds, "{time}");
        }
    }
}
