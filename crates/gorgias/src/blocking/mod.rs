//! A client for programs without an asynchronous runtime, with all calls of the
//! asynchronous client.
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
//! A [`Client`] runs the calls of the asynchronous client on a thread of its
//! own, which it shares with its clones. [`Client::wait`] runs any call and
//! waits for its result. [`Client::iter`] iterates over any stream. Limits of
//! time and memory, retries, pacing and errors are those of the asynchronous
//! client.
//!
//! # Threads and runtimes
//!
//! - A client may be used from several threads at once. Their calls run side by
//!   side, and are paced together.
//! - [`Client::wait`] blocks the calling thread until the call has a result or
//!   its time limit ends. A waiting call can't be cancelled.
//! - In asynchronous code use [`crate::Client`]. A blocking call doesn't panic
//!   there, but it holds up every other task on the executor's thread. If the
//!   call needs such a task, such as a server under test, the call fails when
//!   its time limit ends. Inside `tokio::task::spawn_blocking` a blocking call
//!   has none of these problems.
//! - Transports, pacers, journals and token providers run on the client's
//!   thread, and should not block it. When a transport, pacer or journal
//!   panics, the call panics. When a token provider panics, the call fails.
//! - Dropping the last clone ends the thread, but doesn't wait until the thread
//!   has ended.

mod client;
mod iter;

pub use self::client::Client;
pub use self::iter::Iter;
