//! Learns the limit from the answers and uses all of it.

mod company;
mod drain;
mod gates;
mod identify;
mod level;
mod log;
mod machine;
mod network;
mod observe;
mod ramp;
mod report;
mod sharing;
mod stretch;

pub(super) use self::machine::Machine;
