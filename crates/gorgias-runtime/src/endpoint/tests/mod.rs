//! Tests of addresses, with the ways in which an attacker may write them.

mod base_url;
mod subdomain;
