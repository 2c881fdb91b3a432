//! No TLS: only plain http, which is for loopback.

use std::fmt;

use reqwest::ClientBuilder;

use crate::network::BoxError;

/// # Errors
///
/// When https is needed.
pub(in crate::network) fn configure(
    builder: ClientBuilder,
    https: bool,
) -> Result<ClientBuilder, BoxError> {
    match https {
        true => Err(MissingTls.into()),
        false => Ok(builder),
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
