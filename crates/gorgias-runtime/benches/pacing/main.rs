//! Compares ways of keeping to a rate limit, in virtual time.
//!
//! ```text
//! cargo bench -p gorgias-runtime --bench pacing
//! ```
//!
//! Each line sends 600 requests per process through a simulated limiter, with
//! round trips of 50 to 300 ms, once with each client, and shows the mean of
//! several seeds: the least possible time as a share of the time it took, and
//! how many of a thousand requests were refused.

mod client;
#[path = "../../tests/support/limiter.rs"]
mod limiter;
mod scenario;

use client::Client;
use scenario::{Result, SCENARIOS, Scenario};

const SEEDS: u64 = 8;

fn main() {
    print!("{:28}", "");
    for client in Client::ALL {
        print!("{:>24}", client.name());
    }
    println!();
    print!("{:28}", "limiter");
    for _ in Client::ALL {
        print!("{:>13}{:>11}", "used", "429s/1000");
    }
    println!();
    for scenario in SCENARIOS {
        print!("{:28}", scenario.name);
        for client in Client::ALL {
            let Result {
                utilisation,
                refused,
            } = mean(scenario, client);
            print!("{:>11.1} %{refused:>11.1}", 100.0 * utilisation);
        }
        println!();
    }
}

fn mean(scenario: &Scenario, client: Client) -> Result {
    let results: Vec<Result> = (0..SEEDS).map(|seed| scenario.run(client, seed)).collect();
    let mean =
        |value: fn(&Result) -> f64| results.iter().map(value).sum::<f64>() / results.len() as f64;
    Result {
        utilisation: mean(|result| result.utilisation),
        refused: mean(|result| result.refused),
    }
}
