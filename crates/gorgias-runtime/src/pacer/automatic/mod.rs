//! The governor that learns the limit from the answers, and uses all of it.
//!
//! `machine` holds the state, and decides through `earliest_send`. `observe`
//! reads an answer, and passes it to `identify`, which finds out how the service
//! counts, and to `other_clients`, which notices the requests of other clients.
//! `docs/pacing.md` describes the states and the targets.

mod earliest_send;
mod identify;
mod leak_estimate;
mod level;
mod log;
mod machine;
mod model;
mod network;
mod observe;
mod other_clients;
mod ramp;
mod report;
mod sharing;
mod window_length;

pub(super) use self::machine::Machine;
