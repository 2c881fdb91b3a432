//! Sets up TLS as the features say.
//!
//! The implementation is always set explicitly: reqwest would otherwise use one
//! that another crate's features turned on. When several features are on, the
//! one that isn't a default was chosen on purpose.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]
mod none;
#[cfg(all(
    any(feature = "rustls", feature = "rustls-no-provider"),
    not(feature = "native-tls")
))]
mod with_rustls;

#[cfg(feature = "native-tls")]
pub(super) use native::configure;
#[cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]
pub(super) use none::configure;
#[cfg(all(
    any(feature = "rustls", feature = "rustls-no-provider"),
    not(feature = "native-tls")
))]
pub(super) use with_rustls::configure;
