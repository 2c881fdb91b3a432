//! Creates a ticket many times, in one of several ways, and prints the
//! allocations and the creates per second: `create WAY COUNT URL`.

use std::time::Instant;

use bench_programs::{AnyError, REQUEST, argument, new_ticket, print_allocations};
use gorgias::{Client, NewTicket};
use gorgias_api::types;
use reqwest::header::CONTENT_TYPE;

const EMAIL: &str = "agent@acme.example";
const KEY: &str = "key";

fn main() -> Result<(), AnyError> {
    let (way, count, url) = (argument(1)?, argument(2)?.parse()?, argument(3)?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let start = Instant::now();
    runtime.block_on(run(&way, count, &url))?;
    let seconds = start.elapsed().as_secs_f64();
    print_allocations();
    println!("{:.1}", f64::from(count) / seconds);
    Ok(())
}

async fn run(way: &str, count: u32, url: &str) -> Result<(), AnyError> {
    match way {
        "transfer" => transfer(count, url).await,
        "reqwest" => reqwest_and_serde(count, url).await,
        "generated" => generated(count, url).await,
        "gorgias" => gorgias(count, url).await,
        _ => Err(format!("there is no way '{way}'").into()),
    }
}

/// The HTTP client that all ways use.
fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
}

/// Sends a fixed text and doesn't parse the answer. No client that uses this HTTP
/// library can cost less.
async fn transfer(count: u32, url: &str) -> Result<(), AnyError> {
    let client = http().build()?;
    for _ in 0..count {
        let request = client
            .post(format!("{url}/api/tickets"))
            .basic_auth(EMAIL, Some(KEY))
            .header(CONTENT_TYPE, "application/json")
            .body(REQUEST);
        let answer = request.send().await?.error_for_status()?.bytes().await?;
        std::hint::black_box(answer);
    }
    Ok(())
}

/// A client written by hand with reqwest and serde.
async fn reqwest_and_serde(count: u32, url: &str) -> Result<(), AnyError> {
    let client = http().build()?;
    for _ in 0..count {
        let request = client
            .post(format!("{url}/api/tickets"))
            .basic_auth(EMAIL, Some(KEY))
            .json(&new_ticket());
        let response = request.send().await?.error_for_status()?;
        std::hint::black_box(response.json::<types::Ticket>().await?);
    }
    Ok(())
}

/// Creates with the generated client of `gorgias-api`.
async fn generated(count: u32, url: &str) -> Result<(), AnyError> {
    let client = gorgias_api::Client::builder("acme")
        .api_key(EMAIL, KEY)
        .base_url(url)
        .build()?;
    for _ in 0..count {
        let created = client.create_ticket(new_ticket()).send().await?;
        let _created = std::hint::black_box(created);
    }
    Ok(())
}

/// Creates with the client of the crate `gorgias`.
async fn gorgias(count: u32, url: &str) -> Result<(), AnyError> {
    let client = Client::builder("acme")
        .api_key(EMAIL, KEY)
        .base_url(url)
        .build()?;
    for _ in 0..count {
        let ticket = NewTicket::from(new_ticket());
        std::hint::black_box(client.tickets().create(ticket).await?);
    }
    Ok(())
}
