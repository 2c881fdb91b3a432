//! Creates a ticket once, although the first answer is lost.
//!
//! ```text
//! cargo run -p gorgias --example create_once
//! ```

use gorgias::{Client, ExternalId, NewTicket};
use gorgias_emulator::Emulator;

// Paused time lets the waits before the look-ups pass at once.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    // The request is read, the ticket is made, and the connection is closed.
    emulator.inject_named("read-then-close,operation=create_ticket,applied=at-once")?;
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .build()?;

    // From what the ticket is about, so that it is the same on every run.
    let id = ExternalId::derive("shop", "order-1234")?;
    let ticket = || NewTicket::from_customer("jane@example.com").text("Where is it?");

    let created = gorgias.tickets().create_once(id.clone(), ticket()).await?;
    println!("{:?}: ticket {}", created.how(), created.ticket.id);
    let again = gorgias.tickets().create_once(id, ticket()).await?;
    println!("{:?}: ticket {}", again.how(), again.ticket.id);
    println!("tickets at the service: {}", emulator.ticket_count());
    Ok(())
}
