//! Promises that need no process of their own.

mod fuzz;
mod injection;
mod promises;
mod supply;
