//! Installs the cryptography of TLS connections, before the first client is built.

/// Lets rustls use ring. With the feature `native-tls` there is nothing to install.
pub(crate) fn install_provider() {
    // Only a second call can fail, and then the provider is installed already.
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
}
