//! Which TLS there is, by the features.

use std::fmt;

use reqwest::ClientBuilder;

use super::BoxError;

const COMPILED_IN: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Chooses the TLS of the features. Another crate may have turned on another
/// one, which would be taken otherwise.
///
/// # Errors
///
/// When https is asked for and there is none, or when it lacks what only the
/// program can give it.
pub(super) fn configure(builder: ClientBuilder, https: bool) -> Result<ClientBuilder, BoxError> {
    if https && !COMPILED_IN {
        return Err(MissingTls.into());
    }
    // Of several features the one that isn't there by default was meant.
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(
        any(feature = "rustls", feature = "rustls-no-provider"),
        not(feature = "native-tls")
    ))]
    let builder = builder.tls_backend_rustls();
    // reqwest panics without one, whether or not it is needed.
    #[cfg(all(
        feature = "rustls-no-provider",
        not(any(feature = "rustls", feature = "native-tls"))
    ))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(MissingProvider.into());
    }
    Ok(builder)
}

/// Trusts nobody, for a client that doesn't connect: reading the system's
/// certificates takes longer than all the rest.
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Why a client can't be built, with what to do where that is known.
pub(super) fn explained(error: reqwest::Error) -> BoxError {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(inner) = cause {
        // There is no type for it.
        if inner.to_string().contains("CA certificates") {
            return NoCertificates(error).into();
        }
        cause = inner.source();
    }
    error.into()
}

/// The system has no certificates to trust.
#[derive(Debug)]
struct NoCertificates(reqwest::Error);

impl fmt::Display for NoCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the system has no certificates of authorities to trust: install its package \
             ca-certificates, or name a file of them in SSL_CERT_FILE",
        )
    }
}

impl std::error::Error for NoCertificates {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The address needs TLS, and none was compiled in.
#[derive(Clone, Copy, Debug)]
struct MissingTls;

impl fmt::Display for MissingTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "https needs TLS, which was not compiled in: turn on one of the features rustls, \
             rustls-no-provider and native-tls",
        )
    }
}

impl std::error::Error for MissingTls {}

/// There is rustls, and nothing that computes for it.
#[cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]
#[derive(Clone, Copy, Debug)]
struct MissingProvider;

#[cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]
impl fmt::Display for MissingProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the feature rustls-no-provider needs a crypto provider: install one with \
             CryptoProvider::install_default before the first client is built, or turn on the \
             feature rustls",
        )
    }
}

#[cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]
impl std::error::Error for MissingProvider {}
