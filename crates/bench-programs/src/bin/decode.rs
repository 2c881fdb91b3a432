//! Decodes an answer many times, and prints the megabytes per second: `decode
//! TYPES BODY COUNT`.

use std::hint::black_box;

use bench_programs::{AnyError, TICKET, argument, page, print_allocations, strict};
use gorgias_api::types;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() -> Result<(), AnyError> {
    let (types, body, count) = (argument(1)?, argument(2)?, argument(3)?.parse()?);
    let page = page();
    match (types.as_str(), body.as_str()) {
        ("lenient", "ticket") => read::<types::Ticket>(TICKET, count),
        ("strict", "ticket") => read::<strict::Ticket>(TICKET, count),
        ("value", "ticket") => read::<Value>(TICKET, count),
        ("lenient", "page") => read::<types::TicketList>(&page, count),
        ("strict", "page") => read::<strict::TicketList>(&page, count),
        ("value", "page") => read::<Value>(&page, count),
        _ => Err(format!("there are no types '{types}' for a body '{body}'").into()),
    }
}

fn read<T: DeserializeOwned>(text: &str, count: u32) -> Result<(), AnyError> {
    let start = std::time::Instant::now();
    for _ in 0..count {
        black_box(serde_json::from_slice::<T>(black_box(text.as_bytes()))?);
    }
    let seconds = start.elapsed().as_secs_f64();
    print_allocations();
    let megabytes = text.len() as f64 * f64::from(count) / 1e6;
    println!("{:.1}", megabytes / seconds);
    Ok(())
}
