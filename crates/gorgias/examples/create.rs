//! Creates a ticket, and says what became of it if that fails.
//!
//! ```text
//! cargo run -p gorgias --example create
//! ```

use gorgias::{Client, Delivery, NewTicket};
use gorgias_emulator::Emulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Without this and `service`, it is the helpdesk at acme.gorgias.com.
    let emulator = Emulator::builder().build()?;
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .build()?;

    let ticket = NewTicket::from_customer("jane@example.com")
        .subject("Where is my order?")
        .text("Order 1234 has not arrived.")
        .tag("shipping");
    match gorgias.tickets().create(ticket).await {
        Ok(created) => println!("created ticket {}", created.ticket.id),
        Err(error) => match error.delivery() {
            Delivery::NotSent | Delivery::Rejected => println!("there is no ticket: {error}"),
            Delivery::Applied => println!("there is a ticket: {error}"),
            _ => println!("there may be a ticket: {error}"),
        },
    }

    // Everything that is wrong, before anything is sent.
    let wrong = NewTicket::from_customer("jane@example.com").subject("x".repeat(1000));
    let error = gorgias.tickets().create(wrong).await.unwrap_err();
    for violation in error.violations().into_iter().flatten() {
        println!("{}: {}", violation.pointer(), violation.message());
    }
    Ok(())
}
