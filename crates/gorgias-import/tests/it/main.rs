//! Imports into the emulator, in virtual time.

mod audit;
mod dry_run;
mod endings;
mod files;
mod importing;
#[path = "../../../security-tests/src/in_process/emulator.rs"]
mod in_process;
mod interrupting;
mod outages;
mod proofs;
mod refusals;
mod schedules;
mod support;
