//! Open tickets in the Gorgias helpdesk from Rust.
