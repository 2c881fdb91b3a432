//! What is created under a key.

use std::future::IntoFuture;

use gorgias::{
    Client, Created, Error, ExternalId, NewMessage, NewTicket, Replied, RetryPolicy, SettlePolicy,
};
use gorgias_emulator::Emulator;
use serde_json::Value;

pub const KEY: &str = "order-1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Ticket,
    /// A message of the ticket with this id, once it was created.
    Reply,
}

/// What a call gave.
#[derive(Debug)]
pub struct Made {
    pub id: i64,
    pub how: gorgias::How,
    pub attempts: u32,
    pub look_ups: u32,
    pub duplicates: Vec<i64>,
}

impl From<Created> for Made {
    fn from(created: Created) -> Self {
        Self {
            id: created.ticket.id,
            how: created.how(),
            attempts: created.attempts(),
            look_ups: created.look_ups(),
            duplicates: created.duplicates().to_vec(),
        }
    }
}

impl From<Replied> for Made {
    fn from(replied: Replied) -> Self {
        Self {
            id: replied.message.id,
            how: replied.how(),
            attempts: replied.attempts(),
            look_ups: replied.look_ups(),
            duplicates: replied.duplicates().to_vec(),
        }
    }
}

impl Resource {
    pub const ALL: [Self; 2] = [Self::Ticket, Self::Reply];

    /// The operation that does for this resource what another does for tickets.
    pub fn operation(self, of_tickets: &'static str) -> &'static str {
        match (self, of_tickets) {
            (Self::Ticket, operation) => operation,
            (Self::Reply, "create_ticket") => "create_ticket_message",
            (Self::Reply, "list_tickets") => "list_ticket_messages",
            (Self::Reply, "get_ticket") => "get_ticket_message",
            (Self::Reply, other) => panic!("nothing like {other}"),
        }
    }

    /// How many there are with the key.
    pub fn count(self, emulator: &Emulator) -> usize {
        match self {
            Self::Ticket => emulator.count_with_external_id(KEY),
            Self::Reply => {
                let has_key = |message: &&Value| message["external_id"] == KEY;
                let tickets = emulator.tickets();
                let messages = tickets.iter().flat_map(|ticket| {
                    let messages = ticket["messages"].as_array();
                    messages.map(Vec::as_slice).unwrap_or_default()
                });
                messages.filter(has_key).count()
            }
        }
    }

    /// Creates it once. `to` is the ticket that a reply is for.
    pub async fn once(self, client: &Client, to: i64, policy: SettlePolicy) -> Result<Made, Error> {
        let id = ExternalId::new(KEY).unwrap();
        let tickets = client.tickets();
        // The journal may be another one than the call before had.
        match self {
            Self::Ticket => {
                let call = tickets.create_once(id, ticket()).look_first(true);
                call.settle(policy).into_future().await.map(Made::from)
            }
            Self::Reply => {
                let call = tickets.reply_once(to, id, message()).look_first(true);
                call.settle(policy).into_future().await.map(Made::from)
            }
        }
    }

    /// Creates it, whatever there is already.
    pub async fn naively(self, client: &Client, to: i64) -> Result<Made, Error> {
        let tickets = client.tickets();
        match self {
            Self::Ticket => {
                let call = tickets.create(ticket().external_id(KEY));
                call.with_retry(RetryPolicy::none()).await.map(Made::from)
            }
            Self::Reply => {
                let call = tickets.reply(to, message().external_id(KEY));
                call.with_retry(RetryPolicy::none()).await.map(Made::from)
            }
        }
    }
}

pub fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

fn message() -> NewMessage {
    NewMessage::internal_note("agent@acme.example").text("Looked.")
}
