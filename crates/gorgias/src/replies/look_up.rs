//! Finds out whether a ticket has a message with an external id.
//!
//! The API has no filter for the external ids of messages, so the ticket's messages
//! are read, page by page. A message is proven absent only if every page has status
//! 200, its number and the number of pages, and if as many items can be read as the
//! service says that there are.

use std::collections::BTreeSet;

use gorgias_runtime::support::{CallOptions, OperationCall, read_json};
use gorgias_runtime::{Error, ExternalId};
use serde::Deserialize;

use crate::client::Client;
use crate::evidence::{
    Defect, Evidence, Item, Key, Keys, Look, Parts, Reason, look_until_proof, object,
};

/// The most pages that one look-up reads.
const MOST_PAGES: i64 = 25;

/// How many messages are asked for at once.
const PAGE: i64 = 100;

/// Looks for a message of a ticket.
///
/// # Errors
///
/// Those of reading the list. An answer that proves nothing is not an error.
pub(crate) async fn look_up(
    client: &Client,
    ticket_id: i64,
    id: &ExternalId,
    options: CallOptions,
) -> Result<Evidence, Error> {
    let messages = Messages {
        client,
        ticket_id,
        id,
    };
    look_until_proof(&client.shared().connection, options, messages).await
}

/// The messages of a ticket, among which one is looked for.
struct Messages<'a> {
    client: &'a Client,
    ticket_id: i64,
    id: &'a ExternalId,
}

impl Look for Messages<'_> {
    const NOUN: &'static str = "message";

    async fn look(&mut self, parts: &mut Parts) -> Result<Evidence, Error> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut doubt = None;
        for number in 1..=MOST_PAGES {
            let page = match self.page(number, parts.next()).await {
                Ok(page) => page,
                // An error on a later page doesn't change what earlier pages
                // showed.
                Err(_) if !found.is_empty() => return Ok(conclude(found, doubt)),
                Err(error) => return Err(error),
            };
            doubt = doubt.or(page.doubt);
            for message in &page.messages {
                let item = &message.item;
                seen.insert(item.id);
                if item.external_id.as_deref() == Some(self.id.as_str()) {
                    found.push(item.id);
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

impl Messages<'_> {
    async fn page(&self, number: i64, options: CallOptions) -> Result<Page, Error> {
        let list = self.client.api().list_ticket_messages(self.ticket_id);
        let list = match number {
            1 => list.limit(PAGE),
            _ => list.limit(PAGE).page(number),
        };
        let list = list.with_options(options);
        let answer = list.read_as(read_json::<Keys<Message>>).await?;
        let (keys, metadata) = answer.into_parts();
        let of_another =
            |message: &Message| message.ticket_id.is_some_and(|id| id != self.ticket_id);
        let stranger = keys
            .items
            .iter()
            .any(of_another)
            .then_some(Reason::Stranger);
        let defect = keys.defect.map(Reason::Item);
        Ok(Page {
            doubt: defect.or(stranger).or(Reason::of_page(None, &metadata)),
            messages: keys.items,
            place: keys.meta.and_then(|meta| object(meta.get())),
        })
    }
}

fn conclude(found: Vec<i64>, doubt: Option<Reason>) -> Evidence {
    Evidence::of(found, doubt, Messages::NOUN)
}

/// One page of a ticket's messages.
struct Page {
    messages: Vec<Message>,
    /// Why the page doesn't prove that a message is absent.
    doubt: Option<Reason>,
    place: Option<Place>,
}

/// A message, with its keys alone.
struct Message {
    item: Item,
    /// The ticket that the message says it belongs to.
    ticket_id: Option<i64>,
}

impl Key for Message {
    fn read(message: &str) -> Result<Self, Defect> {
        #[derive(Deserialize)]
        struct Owner {
            ticket_id: i64,
        }

        let owner: Option<Owner> = object(message);
        Ok(Self {
            item: Item::read(message)?,
            ticket_id: owner.map(|owner| owner.ticket_id),
        })
    }
}

/// The number of a page, the number of pages, and the number of messages on all of
/// them.
#[derive(Deserialize)]
struct Place {
    page: i64,
    nb_pages: i64,
    item_count: usize,
}
