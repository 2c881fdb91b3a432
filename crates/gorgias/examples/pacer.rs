//! A pacer of one's own: at most so many requests under way at once, on top of
//! what the account allows.
//!
//! ```text
//! cargo run -p gorgias --example pacer
//! ```

use std::sync::Arc;

use gorgias::pacer::{Automatic, Pacer, RequestOutcome, Slot, SlotFuture, Turn};
use gorgias::{Client, NewTicket, RateLimit};
use gorgias_emulator::Emulator;
use tokio::sync::Semaphore;

#[derive(Debug)]
struct FewAtOnce {
    account: Automatic,
    free: Semaphore,
}

impl Pacer for FewAtOnce {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(async move {
            let place = self.free.acquire().await;
            let slot = self.account.slot(turn).await;
            // Kept until the request is finished. Dropped before, it is free again.
            if let Ok(place) = place {
                place.forget();
            }
            slot
        })
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        self.account.finish(slot, outcome);
        self.free.add_permits(1);
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    let (account, free) = (Automatic::new(), Semaphore::new(2));
    let gorgias = Client::builder("acme")
        .api_key("agent@acme.example", "an-api-key")
        .service(emulator.service())
        .rate_limit(RateLimit::shared(Arc::new(FewAtOnce { account, free })))
        .build()?;
    let calls = (0..100).map(|order| {
        let ticket = NewTicket::from_customer("jane@example.com").text(format!("Order {order}"));
        gorgias.tickets().create(ticket).into_future()
    });
    futures_util::future::try_join_all(calls).await?;
    println!("created {} tickets", emulator.ticket_count());
    Ok(())
}
