//! The parts that the programs measured by `cargo xtask bench` share: the
//! request, the answers, and the report of allocations.

mod generated {
    /// The types of the answers, with readers that serde derives. They have the fields
    /// of the types in `gorgias-api`, but read values strictly and drop unknown
    /// members. The benchmark compares the lenient readers of `gorgias-api` with them.
    #[rustfmt::skip]
    pub mod strict;
}

use std::error::Error;

use chrono::DateTime;
use gorgias_api::types::{
    Channel, CreateCustomer, CreateMessage, CreateParticipant, CreateTag, CreateTicket,
    TicketStatus, Via,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

pub use self::generated::strict;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

/// Any failure of a program.
pub type AnyError = Box<dyn Error>;

/// The request that every client sends.
pub const REQUEST: &str = include_str!("../fixtures/request.json").trim_ascii();

/// The ticket in the answer to [`REQUEST`].
pub const TICKET: &str = include_str!("../fixtures/ticket.json").trim_ascii();

/// One ticket of a list.
const LISTED: &str = include_str!("../fixtures/listed.json").trim_ascii();

/// A page of 100 tickets.
pub fn page() -> String {
    let tickets = vec![LISTED; 100].join(",");
    let meta = r#"{"prev_cursor":null,"next_cursor":null}"#;
    format!(r#"{{"object":"list","uri":"/api/tickets","data":[{tickets}],"meta":{meta}}}"#)
}

/// Builds the body of [`REQUEST`] field by field, as a program would.
pub fn new_ticket() -> CreateTicket {
    const TEXT: &str = "Order 1234 has not arrived until now.";
    let mut message = CreateMessage::new(Channel::Phone, false)
        .via(Via::Api)
        .body_text(TEXT)
        .body_html(format!("<p>{TEXT}</p>"))
        .sender(CreateParticipant::new().email("jane@example.com"));
    if let Some(sent) = DateTime::from_timestamp(1_738_922_118, 0) {
        message = message.sent_datetime(sent);
    }
    let customer = CreateCustomer::new()
        .email("jane@example.com")
        .name("Jane Doe");
    CreateTicket::new(vec![message])
        .external_id("order-1234")
        .subject("Where is my order?")
        .channel(Channel::Email)
        .via(Via::Api)
        .from_agent(false)
        .spam(false)
        .status(TicketStatus::Open)
        .customer(customer)
        .tags(vec![CreateTag::new("shipping")])
}

/// Returns the argument at an index. The first argument of the program has the
/// index 1.
pub fn argument(place: usize) -> Result<String, AnyError> {
    let argument = std::env::args().nth(place);
    argument.ok_or_else(|| format!("argument {place} is missing").into())
}

/// Prints the allocations since the program started. The benchmark runs a
/// program with two counts, and subtracts the figures.
pub fn print_allocations() {
    let stats = ALLOCATOR.stats();
    println!(
        "{} {}",
        stats.allocations + stats.reallocations,
        stats.bytes_allocated
    );
}

#[cfg(test)]
mod tests {
    use gorgias_api::types;
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_request_is_the_one_that_is_sent_as_text() {
        let sent: Value = serde_json::from_str(REQUEST).unwrap();
        assert_eq!(serde_json::to_value(new_ticket()).unwrap(), sent);
    }

    /// Reads a text as a type, and returns the value without its absent
    /// members.
    fn read<T: DeserializeOwned + Serialize>(text: &str) -> Value {
        let mut value = serde_json::to_value(serde_json::from_str::<T>(text).unwrap()).unwrap();
        strip(&mut value);
        value
    }

    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(members) => {
                members.values_mut().for_each(strip);
                members.retain(|_, value| !value.is_null() && *value != Value::Array(Vec::new()));
            }
            _ => {}
        }
    }

    #[test]
    fn strict_and_lenient_types_read_the_same() {
        let ticket = read::<types::Ticket>(TICKET);
        assert_eq!(read::<strict::Ticket>(TICKET), ticket);
        assert_eq!(ticket["messages"][0]["sender"]["email"], "jane@example.com");
        assert_eq!(
            read::<strict::TicketList>(&page()),
            read::<types::TicketList>(&page())
        );
    }
}
