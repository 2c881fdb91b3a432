//! A client for programs without an asynchronous runtime, with the same calls.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
//! # let (_emulator, server) = runtime.block_on(async {
//! #     let emulator = gorgias_emulator::Emulator::builder().build()?;
//! #     let server = emulator.serve(([127, 0, 0, 1], 0)).await?;
//! #     Ok::<_, Box<dyn std::error::Error>>((emulator, server))
//! # })?;
//! use gorgias::{Client, NewTicket};
//!
//! let gorgias = Client::builder("acme")
//!     .api_key("agent@acme.example", "an-api-key")
//! #   .base_url(server.base_url())
//!     .build_blocking()?;
//! let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
//! let created = gorgias.wait(gorgias.tickets().create(ticket))?;
//! for ticket in gorgias.iter(gorgias.tickets().list().stream()) {
//!     println!("ticket {}", ticket?.id);
//! }
//! # assert_eq!(gorgias.wait(gorgias.tickets().get(created.ticket.id))?.id, created.ticket.id);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] runs the calls of the asynchronous one on a thread of its own,
//! which it shares with its clones: [`Client::wait`] makes any of them and waits
//! for its result, [`Client::iter`] goes through any of its streams. Limits of time
//! and memory, retries, pacing and errors are those of the asynchronous client.
//!
//! # Threads and runtimes
//!
//! - A client may be used from several threads at once. Their calls run side by
//!   side, and are paced together.
//! - Waiting blocks its thread until the call is over, for as long as its time limit
//!   allows. It can't be cancelled.
//! - In asynchronous code use [`crate::Client`]. A blocking call works there,
//!   without a panic, and holds up everything else that the executor's thread
//!   should do meanwhile. If the call needs something on the same thread, such as
//!   a server under test, it ends with its time limit. Inside
//!   `tokio::task::spawn_blocking` a blocking call has none of these problems.
//! - Transports, pacers, journals and token providers run on the client's
//!   thread, and should not block it. When one of them panics, the call
//!   panics.
//! - Dropping the last clone ends the thread. Nothing waits for that.

mod client;
mod iter;

pub use self::client::Client;
pub use self::iter::Iter;
