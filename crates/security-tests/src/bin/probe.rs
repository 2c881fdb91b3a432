//! Creates one ticket and prints the result, for tests that need a process with
//! its own environment variables.
//!
//! `probe BASE_URL [--proxy URL | --no-proxy]`; the BASE_URL `-` stands for the
//! address of the helpdesk `acme`.

use std::time::Duration;

use security_tests::client::{self, chain, ticket};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut builder = client::builder().attempt_timeout(Duration::from_secs(5));
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
    match client.tickets().create(ticket()).await {
        Ok(created) => println!("created {}", created.ticket.id),
        Err(error) => {
            println!("{:?} {:?}", error.kind(), error.delivery());
            println!("{error} {error:?}");
            for cause in chain(&error).skip(1) {
                println!("{cause}");
            }
        }
    }
}
