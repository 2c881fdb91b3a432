//! Tests of the pacer with simulated services, in virtual time.

mod alone;
mod client;
#[path = "../../../tests/support/limiter.rs"]
mod limiter;
mod other_clients;
mod plan;
mod schedules;
mod simulation;
mod world;
