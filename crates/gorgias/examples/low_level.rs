//! The generated client underneath: every operation of the API's document, in
//! its own words.
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

    let message = CreateMessage::new("api", false)
        .via(Via::Api)
        .body_text("Order 1234 has not arrived.");
    let ticket = CreateTicket::new(vec![message]).subject("Where is my order?");

    // It is checked, paced and sent again where that is safe, like every call.
    let created = gorgias.api().create_ticket(ticket).await?;
    println!("{}: ticket {}", created.metadata().status(), created.id);
    Ok(())
}
