//! Finding out whether a ticket has a message with an external id.
//!
//! The API doesn't look for messages by external id, so the ticket's messages
//! are read, page by page. That there is none is proven only if every page has
//! status 200, tells its number and how many there are, and all items can be
//! read: as many as the service says that there are.

use std::collections::BTreeSet;
use std::time::Duration;

use gorgias_runtime::support::{CallOptions, OperationCall, read_json};
use gorgias_runtime::{Error, ExternalId, Metadata};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::client::Client;
use crate::evidence::{
    Defect, Evidence, Item, Look, Outline, Reason, has_more_text, look_until_told, object,
};

/// The most pages that one look-up reads.
const MOST_PAGES: i64 = 25;

/// How many messages are asked for at once.
const PAGE: i64 = 100;

/// Looks for a message of a ticket.
///
/// # Errors
///
/// Those of reading the list. An answer that proves nothing is none.
pub(crate) async fn look_up(
    client: &Client,
    ticket_id: i64,
    id: &ExternalId,
    options: CallOptions,
) -> Result<Evidence, Error> {
    let connection = &client.shared().connection;
    let limit = options.limit(connection, Duration::ZERO)?;
    let retry = options.retry(connection);
    let mut requests = Requests {
        client,
        ticket_id,
        id,
        later: CallOptions {
            part_until: limit.strict_end(),
            ..options.clone()
        },
        first: Some(options),
    };
    look_until_told(&mut requests, retry, limit.end()).await
}

/// The requests of one look-up, as parts of one call.
struct Requests<'a> {
    client: &'a Client,
    ticket_id: i64,
    id: &'a ExternalId,
    first: Option<CallOptions>,
    later: CallOptions,
}

impl Look for Requests<'_> {
    const NOUN: &'static str = "message";

    async fn look(&mut self) -> Result<Evidence, Error> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut doubt = None;
        for number in 1..=MOST_PAGES {
            let (page, metadata) = match self.page(number).await {
                Ok(page) => page,
                // What was found before it is there all the same.
                Err(_) if !found.is_empty() => return Ok(conclude(found, doubt)),
                Err(error) => return Err(error),
            };
            let status = metadata.status().as_u16();
            doubt = doubt.or(page.doubt);
            if has_more_text(metadata.body()) {
                doubt = doubt.or(Some(Reason::Item(Defect::MoreText)));
            }
            if status != 200 {
                doubt = doubt.or(Some(Reason::Status(status)));
            }
            for message in &page.messages {
                seen.insert(message.id);
                if message.external_id.as_deref() == Some(self.id.as_str()) {
                    found.push(message.id);
                }
            }
            let Some(place) = page.place else {
                return Ok(conclude(found, doubt.or(Some(Reason::Pages))));
            };
            if place.page != number {
                return Ok(conclude(found, doubt.or(Some(Reason::Repeats))));
            }
            if place.nb_pages <= number {
                if seen.len() != place.item_count {
                    doubt = doubt.or(Some(Reason::Count));
                }
                return Ok(conclude(found, doubt));
            }
        }
        Ok(conclude(found, Some(Reason::TooLong)))
    }
}

impl Requests<'_> {
    async fn page(&mut self, number: i64) -> Result<(MessagePage, Metadata), Error> {
        let options = self.first.take().unwrap_or_else(|| self.later.clone());
        let list = self.client.api().list_ticket_messages(self.ticket_id);
        let list = match number {
            1 => list.limit(PAGE),
            _ => list.limit(PAGE).page(number),
        };
        let reader = read_json::<MessagePage>;
        let answer = list.with_options(options).read_as(reader).await?;
        let (mut page, metadata) = answer.into_parts();
        if page.tickets.iter().any(|id| *id != self.ticket_id) {
            page.doubt = page.doubt.or(Some(Reason::Stranger));
        }
        Ok((page, metadata))
    }
}

fn conclude(found: Vec<i64>, doubt: Option<Reason>) -> Evidence {
    Evidence::of(found, doubt, Requests::NOUN)
}

/// One page of a ticket's messages, with their keys alone.
struct MessagePage {
    messages: Vec<Item>,
    /// The tickets that messages say they belong to.
    tickets: BTreeSet<i64>,
    /// What is wrong with the first item that can't be read.
    doubt: Option<Reason>,
    place: Option<Place>,
}

/// Which page it is, of how many, and how many messages there are on all.
#[derive(Deserialize)]
struct Place {
    page: i64,
    nb_pages: i64,
    item_count: usize,
}

impl<'de> Deserialize<'de> for MessagePage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Owner {
            ticket_id: i64,
        }

        let text = Box::<RawValue>::deserialize(deserializer)?;
        let list = Outline::of(text.get()).ok_or_else(|| D::Error::custom("no list"))?;
        let mut page = Self {
            messages: Vec::with_capacity(list.data.len()),
            tickets: BTreeSet::new(),
            doubt: None,
            place: list.meta.and_then(|meta| object(meta.get())),
        };
        for item in list.data {
            match Item::read(item.get()) {
                Ok(message) => page.messages.push(message),
                Err(defect) => page.doubt = page.doubt.or(Some(Reason::Item(defect))),
            }
            let owner: Option<Owner> = object(item.get());
            page.tickets.extend(owner.map(|owner| owner.ticket_id));
        }
        Ok(page)
    }
}
