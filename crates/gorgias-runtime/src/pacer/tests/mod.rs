//! The pacer against simulated services, in virtual time.

mod alone;
mod client;
mod company;
#[path = "../../../tests/support/limiter.rs"]
mod limiter;
mod plan;
mod schedules;
mod simulation;
mod world;
