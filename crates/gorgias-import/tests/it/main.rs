//! Imports into the emulator, in virtual time.

mod audit;
mod dry_run;
mod endings;
mod files;
mod importing;
mod interrupting;
mod outages;
mod proofs;
mod refusals;
mod schedules;
mod support;
