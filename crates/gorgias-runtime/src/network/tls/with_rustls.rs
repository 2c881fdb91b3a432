//! TLS by rustls.
//!
//! The configuration is created here rather than by reqwest. reqwest's default
//! crypto provider is aws-lc, which takes several times as long to compile as
//! ring. A provider that the program has installed is used in place of ring.

use std::fmt;
use std::sync::Arc;

use reqwest::ClientBuilder;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::BoxError;

/// Sets up TLS by rustls.
///
/// # Errors
///
/// When there is no crypto provider, or when https is needed and the system has
/// no certificates to trust.
pub(in crate::network) fn configure(
    builder: ClientBuilder,
    https: bool,
) -> Result<ClientBuilder, BoxError> {
    let config =
        ClientConfig::builder_with_provider(provider()?).with_safe_default_protocol_versions()?;
    let config = match https {
        true => config.with_platform_verifier().map_err(explained)?,
        // Plain http needs no certificates, and reading the system's
        // certificates takes most of the time to build a client.
        false => config.with_root_certificates(RootCertStore::empty()),
    };
    let mut config = config.with_no_client_auth();
    // reqwest doesn't set the ALPN protocols in a configuration that it is given.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

fn provider() -> Result<Arc<CryptoProvider>, BoxError> {
    if let Some(installed) = CryptoProvider::get_default() {
        return Ok(Arc::clone(installed));
    }
    #[cfg(feature = "rustls")]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(feature = "rustls"))]
    return Err(
        "the feature rustls-no-provider needs a crypto provider: install one with \
         CryptoProvider::install_default before the first client is built, or turn on the \
         feature rustls"
            .into(),
    );
}

/// Adds advice to an error about missing certificates.
fn explained(error: rustls::Error) -> BoxError {
    // rustls-platform-verifier has no type for this error, only a text.
    match error.to_string().contains("CA certificates") {
        true => NoCertificates(error).into(),
        false => error.into(),
    }
}

/// The error of a system that has no certificates to trust.
#[derive(Debug)]
struct NoCertificates(rustls::Error);

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
