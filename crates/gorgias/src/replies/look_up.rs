//! Finds out whether a ticket has a message with an external id.
//!
//! The API has no filter for the external ids of messages, so the ticket's messages
//! are read, page by page. A message is proven absent only if every page has status
//! 200 and says its own number and the number of pages, and if as many messages can
//! be read as the service counts.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use gorgias_api::calls::ListTicketMessages;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, ExternalId};
use serde::Deserialize;

use crate::client::Client;
use crate::evidence::{
    Asked, Defect, Evidence, Item, Key, Keys, PagedList, Reason, RequestOptions, look_until_proof,
    object,
};

/// Looks for the message with an external id in a ticket.
///
/// # Errors
///
/// The errors of reading the list. An answer that proves nothing is not an error.
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
        page: 0,
        seen: BTreeSet::new(),
    };
    look_until_proof(client.connection(), options, messages).await
}

/// The messages of a ticket, among which the one with the external id is looked for.
struct Messages<'a> {
    client: &'a Client,
    ticket_id: i64,
    id: &'a ExternalId,
    /// The number of the last page that was read.
    page: i64,
    /// The ids of the messages on all pages that were read.
    seen: BTreeSet<i64>,
}

impl PagedList for Messages<'_> {
    const NOUN: &'static str = "message";
    type Call = ListTicketMessages;
    type Item = Message;

    fn list(&mut self, _: Asked) -> ListTicketMessages {
        self.page = 0;
        self.seen.clear();
        let api = self.client.api();
        api.list_ticket_messages(self.ticket_id).limit(100)
    }

    fn next(&mut self, page: &Keys<Message>) -> Result<Option<i64>, Reason> {
        /// The number of the page, the number of pages, and the number of messages on
        /// all of them.
        #[derive(Deserialize)]
        struct Meta {
            page: i64,
            nb_pages: i64,
            item_count: usize,
        }

        self.page = self.page.saturating_add(1);
        self.seen
            .extend(page.items.iter().map(|message| message.item.id));
        let meta: Meta = page.meta().ok_or(Reason::Pages)?;
        if meta.page != self.page {
            return Err(Reason::Repeats);
        }
        if self.page < meta.nb_pages {
            return Ok(Some(self.page.saturating_add(1)));
        }
        match self.seen.len() == meta.item_count {
            true => Ok(None),
            false => Err(Reason::Count),
        }
    }

    async fn collect(
        &mut self,
        messages: Vec<Message>,
        _: Asked,
        _: &mut RequestOptions,
        found: &mut Vec<i64>,
    ) -> Result<ControlFlow<Reason, Option<Reason>>, Error> {
        let mut doubt = None;
        for Message { item, ticket_id } in &messages {
            if item.external_id.as_deref() == Some(self.id.as_str()) {
                found.push(item.id);
            }
            if ticket_id.is_some_and(|id| id != self.ticket_id) {
                doubt = Some(Reason::OtherTicket);
            }
        }
        Ok(ControlFlow::Continue(doubt))
    }
}

/// A message of which only the keys are read.
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
