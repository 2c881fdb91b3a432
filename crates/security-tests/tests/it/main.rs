//! Tests of promises that don't need their own process.

mod fuzz;
mod injection;
mod promises;
mod supply;
