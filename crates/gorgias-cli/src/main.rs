//! The `gorgias` command.
fn main() {}
