//! A naive import, which notes what was created, and tries each line three
//! times.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::Request;
use tokio::time::{sleep, timeout};

use super::draw::{JournalFate, Schedule};
use super::world::World;
use crate::support::{key, line};

/// Runs the naive import. Returns the number of duplicate tickets.
pub async fn import(schedule: &Schedule) -> usize {
    let world = World::new(schedule);
    let mut done = BTreeSet::new();
    for run in &schedule.runs {
        sleep(run.rest).await;
        if run.journal != JournalFate::Intact {
            done.clear();
        }
        let all = async {
            for &number in &run.lines {
                if !done.contains(&number) && create(&world, number).await {
                    done.insert(number);
                }
            }
        };
        match run.killed {
            Some(killed) => drop(timeout(killed, all).await),
            None => all.await,
        }
    }
    world.emulator.clear_faults();
    sleep(super::LONG_AFTER).await;
    let counts = (0..schedule.lines).map(|number| world.count(number));
    counts.map(|count| count.saturating_sub(1)).sum()
}

/// Creates a ticket. Returns whether an answer said so.
async fn create(world: &World, number: usize) -> bool {
    for _ in 0..3 {
        let request = Request::post("/api/tickets")
            .header("authorization", "Bearer token")
            .header("content-type", "application/json")
            .body(Bytes::from(line(&key(number)).to_string()))
            .unwrap();
        match world.emulator.handle(request).await {
            Ok(response) if response.status().is_success() => return true,
            Ok(response) if response.status() == 400 => return false,
            _ => {}
        }
    }
    false
}
