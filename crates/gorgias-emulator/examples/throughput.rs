//! Creates tickets in process and prints the rate:
//! `cargo run --release -p gorgias-emulator --example throughput`.
//!
//! With `serve` it serves on loopback instead, until standard input is closed,
//! so that another program can measure that.

use std::error::Error;
use std::time::Instant;

use bytes::Bytes;
use gorgias_emulator::Emulator;
use http::Request;

type AnyError = Box<dyn Error>;

const TICKETS: u32 = 50_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    match std::env::args().nth(1).as_deref() {
        Some("serve") => serve().await,
        _ => create().await,
    }
}

async fn serve() -> Result<(), AnyError> {
    let emulator = Emulator::builder().limit(None).log_capacity(1).build()?;
    let server = emulator.serve(([127, 0, 0, 1], 0)).await?;
    println!("{}", server.base_url());
    let end = || std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    tokio::task::spawn_blocking(end).await??;
    Ok(())
}

async fn create() -> Result<(), AnyError> {
    let start = Instant::now();
    let emulator = Emulator::builder().limit(None).build()?;
    println!("built in {:?}", start.elapsed());
    let start = Instant::now();
    for index in 0..TICKETS {
        let body = serde_json::json!({
            "external_id": format!("bench-{index}"),
            "subject": "Where is my order?",
            "via": "api",
            "customer": {"email": format!("customer-{}@example.com", index % 1000)},
            "messages": [{
                "channel": "api",
                "via": "api",
                "from_agent": false,
                "body_text": "Order 1234 has not arrived.",
                "body_html": "<p>Order 1234 has not arrived.</p>"
            }]
        });
        let request = Request::post("/api/tickets")
            .header("authorization", "Bearer token")
            .header("content-type", "application/json")
            .body(Bytes::from(body.to_string()))?;
        let response = emulator.handle(request).await?;
        if response.status() != 201 {
            return Err(format!("answered {}", response.status()).into());
        }
    }
    let elapsed = start.elapsed();
    let rate = f64::from(TICKETS) / elapsed.as_secs_f64();
    println!("{TICKETS} tickets in {elapsed:?}: {rate:.0} a second");
    Ok(())
}
