//! What the tests of this package share. It isn't published.

pub mod canary;
pub mod capture;
pub mod fuzz;
pub mod hostile;
pub mod in_process;
pub mod serve;
