//! Sets up TLS as the features say.
//!
//! The implementation is always set explicitly: reqwest would otherwise use one
//! that another crate's features turned on. If native-tls is on, it is used
//! even if rustls is on too: rustls is a default, and native-tls was chosen.

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
        // Plain http needs no certificates, and reading those of the system takes
        // most of the time to build a client.
        false => builder.tls_certs_only([]),
    })
}

/// Refuses https, because no TLS was compiled in. Plain http, which is for
/// loopback, needs none.
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
