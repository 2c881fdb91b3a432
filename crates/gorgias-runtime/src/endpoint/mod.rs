//! The addresses that requests may go to: a subdomain of gorgias.com, or a base
//! URL that is checked.

mod base_url;
mod subdomain;
#[cfg(test)]
mod tests;

pub(crate) use base_url::BaseUrl;
pub use base_url::InvalidBaseUrl;
pub use subdomain::{InvalidSubdomain, Subdomain};
