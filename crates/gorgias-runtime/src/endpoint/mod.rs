//! Where requests may go.

mod base_url;
mod subdomain;

pub(crate) use base_url::BaseUrl;
pub use base_url::InvalidBaseUrl;
pub use subdomain::{InvalidSubdomain, Subdomain};
