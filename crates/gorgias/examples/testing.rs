//! A program with its tests, which run against the emulator.
//!
//! ```text
//! cargo test -p gorgias --example testing
//! ```

use gorgias::{Client, Error, NewTicket};
use gorgias_emulator::Emulator;

/// What the program does.
async fn report_late(gorgias: &Client, customer: &str, order: u64) -> Result<i64, Error> {
    let ticket = NewTicket::from_customer(customer)
        .subject(format!("Order {order} is late"))
        .external_id(format!("order-{order}"))
        .text("It should have been here by now.");
    Ok(gorgias.tickets().create(ticket).await?.ticket.id)
}

fn client(emulator: &Emulator) -> Result<Client, Error> {
    Client::builder("acme")
        .api_key("agent@acme.example", "any-key")
        .service(emulator.service())
        .build()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    let id = report_late(&client(&emulator)?, "jane@example.com", 1234).await?;
    println!("created ticket {id}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_late_order_becomes_one_ticket_although_the_service_is_busy() {
    let emulator = Emulator::builder().build().unwrap();
    emulator.inject_named("429").unwrap();
    let gorgias = client(&emulator).unwrap();
    report_late(&gorgias, "jane@example.com", 1234)
        .await
        .unwrap();

    emulator.assert_received("create_ticket", 2);
    let ticket = emulator.assert_ticket("order-1234");
    assert_eq!(ticket["subject"], "Order 1234 is late");
    assert_eq!(ticket["customer"]["email"], "jane@example.com");
}
