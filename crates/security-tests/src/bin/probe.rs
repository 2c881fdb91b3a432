//! Creates one ticket and prints the result, for tests that need a process with
//! its own environment variables.
//!
//! `probe BASE_URL [--proxy URL | --no-proxy]`; the BASE_URL `-` stands for the
//! address of the helpdesk `acme`.

use std::time::Duration;

use gorgias::{Client, NewTicket, RateLimit, RetryPolicy};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut builder = Client::builder("acme")
        .api_key("agent@acme.example", "a-key-that-is-never-shown")
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
        .attempt_timeout(Duration::from_secs(5));
    match arguments.first().map(String::as_str) {
        None | Some("-") => {}
        Some(url) => builder = builder.base_url(url),
    }
    match arguments.get(1).map(String::as_str) {
        Some("--proxy") => builder = builder.proxy(&arguments[2]),
        Some("--no-proxy") => builder = builder.no_proxy(),
        _ => {}
    }
    let client = builder.build().expect("a client");
    let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
    match client.tickets().create(ticket).await {
        Ok(created) => println!("created {}", created.ticket.id),
        Err(error) => {
            println!("{:?} {:?}", error.kind(), error.delivery());
            println!("{error} {error:?}");
            let mut next = std::error::Error::source(&error);
            while let Some(cause) = next {
                println!("{cause}");
                next = cause.source();
            }
        }
    }
}
