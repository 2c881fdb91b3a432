//! Where requests go, and where they don't.

mod destinations;
mod probe;
mod proxies;
mod redirects;
mod tls;
