//! The generated client underneath: what it sends is neither checked nor sent
//! again, unless the caller does so.
//!
//! ```text
//! cargo run -p gorgias --example low_level
//! ```

use gorgias::Client;
use gorgias::api::types::{CreateMessage, CreateTicket, Via};
use gorgias_emulator::Emulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .build()?;

    let message = CreateMessage::builder()
        .channel("api")
        .via(Via::Api)
        .from_agent(false)
        .body_text("Order 1234 has not arrived.".to_string());
    let ticket: CreateTicket = CreateTicket::builder()
        .subject("Where is my order?".to_string())
        .messages(vec![message.try_into()?])
        .try_into()?;
    ticket.validate()?;

    // Credentials, user agent, timeouts and pacing are the client's.
    let response = gorgias.api().create_ticket().body(ticket).send().await?;
    println!("{}: ticket {}", response.status(), response.id);
    Ok(())
}
