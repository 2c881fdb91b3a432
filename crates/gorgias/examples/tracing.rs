//! Prints a line for each request and each wait.
//!
//! ```text
//! cargo run -p gorgias --features tracing --example tracing
//! ```

use gorgias::{Client, NewTicket};
use gorgias_emulator::{Emulator, FaultRule};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .init();

    // The first request is refused with a 429, so there is something to see.
    let emulator = Emulator::builder().build()?;
    emulator.inject("H1".parse::<FaultRule>()?);

    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .build()?;
    let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
    let created = gorgias.tickets().create(ticket).await?;
    println!("created ticket {}", created.ticket.id);
    Ok(())
}
