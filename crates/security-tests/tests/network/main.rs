//! Tests of the places that requests are sent to.

mod destinations;
mod probe;
mod proxies;
mod redirects;
mod tls;
