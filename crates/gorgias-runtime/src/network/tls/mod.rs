//! Sets up TLS according to the features of this crate.
//!
//! The implementation is always set explicitly: reqwest would otherwise use one
//! that another crate's features turned on. If the features native-tls and rustls
//! are both on, native-tls is used: rustls is on by default, so native-tls is the
//! one that a program chose.

#[cfg(all(
    any(feature = "rustls", feature = "rustls-no-provider"),
    not(feature = "native-tls")
))]
mod with_rustls;

#[cfg(all(
    any(feature = "rustls", feature = "rustls-no-provider"),
    not(feature = "native-tls")
))]
pub(super) use self::with_rustls::configure;

/// Sets up TLS by the platform's own library.
#[cfg(feature = "native-tls")]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    https: bool,
) -> Result<reqwest::ClientBuilder, crate::BoxError> {
    let builder = builder.tls_backend_native();
    Ok(match https {
        true => builder,
        // Plain http needs no certificates, and reading the system's
        // certificates takes most of the time to build a client.
        false => builder.tls_certs_only([]),
    })
}

/// Refuses https, because no TLS was compiled in. Plain http, which is allowed
/// only on loopback, needs no TLS.
#[cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]
pub(super) fn configure(
    builder: reqwest::ClientBuilder,
    https: bool,
) -> Result<reqwest::ClientBuilder, crate::BoxError> {
    match https {
        true => Err(
            "https needs TLS, which was not compiled in: turn on one of the features rustls, \
             rustls-no-provider and native-tls"
                .into(),
        ),
        false => Ok(builder),
    }
}
