//! Helpers shared by the security tests of this package, which isn't published.
//! The tests keep the promises in `SECURITY.md`.

pub mod canary;
pub mod capture;
pub mod client;
pub mod fuzz;
pub mod hostile;
pub mod in_process;
pub mod serve;
