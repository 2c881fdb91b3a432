//! Tests of the emulator, in process and on loopback. `fault_sockets` is apart,
//! because it measures times.

mod account;
mod admin;
mod assertions;
mod create;
mod customers;
mod enrichment;
mod fault_lists;
mod fault_payloads;
mod fault_rules;
mod faults;
mod fidelity;
mod filters;
mod list;
mod load;
mod outages;
mod refusals;
mod robustness;
mod socket;
#[path = "../support/mod.rs"]
mod support;
mod tickets;
