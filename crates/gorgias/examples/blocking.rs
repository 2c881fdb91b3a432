//! The client for programs without a runtime.
//!
//! ```text
//! cargo run -p gorgias --features blocking --example blocking
//! ```

use gorgias::{Client, NewTicket};
use gorgias_emulator::Emulator;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .build_blocking()?;

    for order in 1..=3 {
        let ticket = NewTicket::from_customer("jane@example.com").text(format!("Order {order}"));
        let created = gorgias.wait(gorgias.tickets().create(ticket))?;
        println!("created ticket {}", created.ticket.id);
    }
    for ticket in gorgias.iter(gorgias.tickets().list().stream()) {
        println!("the helpdesk has ticket {}", ticket?.id);
    }
    Ok(())
}
