//! Opens a ticket with the default features of the client.

use gorgias::{Client, NewTicket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = std::env::var("API_KEY")?;
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", key)
        .build()?;
    let ticket = NewTicket::from_customer("jane@example.com")
        .subject("Hello")
        .text("Where is my order?");
    let created = gorgias.tickets().create(ticket).await?;
    println!("{}", created.ticket.id);
    Ok(())
}
