//! The pacer against simulated services, in virtual time.

#[path = "../../../tests/support/limiter.rs"]
mod limiter;
mod schedules;
mod targets;
mod world;
