//! Chooses the TLS implementation by the features.

use std::fmt;

use reqwest::ClientBuilder;

use super::BoxError;

const COMPILED_IN: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Sets the TLS implementation explicitly: reqwest would otherwise use one that
/// another crate's features turned on.
///
/// # Errors
///
/// When https is needed and no TLS was compiled in, or when rustls has no
/// crypto provider, which only the program can install.
pub(super) fn configure(builder: ClientBuilder, https: bool) -> Result<ClientBuilder, BoxError> {
    if https && !COMPILED_IN {
        return Err(MissingTls.into());
    }
    // When several features are on, the one that isn't a default was chosen on
    // purpose.
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(
        any(feature = "rustls", feature = "rustls-no-provider"),
        not(feature = "native-tls")
    ))]
    let builder = builder.tls_backend_rustls();
    // reqwest panics without a crypto provider, even for plain http.
    #[cfg(all(
        feature = "rustls-no-provider",
        not(any(feature = "rustls", feature = "native-tls"))
    ))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(MissingProvider.into());
    }
    Ok(builder)
}

/// Loads no certificates, for a client that uses plain http only. Reading the
/// system's certificates takes most of the time to build a client.
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Adds to the error of a client that can't be built what to do about it, where
/// that is known.
pub(super) fn explained(error: reqwest::Error) -> BoxError {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(inner) = cause {
        // reqwest has no type for this error, only a text.
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

/// rustls was compiled in without a crypto provider, and none was installed.
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
