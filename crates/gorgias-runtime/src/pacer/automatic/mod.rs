//! Learns the limit from the answers and uses all of it.

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
