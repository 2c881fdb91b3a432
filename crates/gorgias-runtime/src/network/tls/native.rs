//! TLS by the platform's own library.

use reqwest::ClientBuilder;

use crate::network::BoxError;

pub(in crate::network) fn configure(
    builder: ClientBuilder,
    https: bool,
) -> Result<ClientBuilder, BoxError> {
    let builder = builder.tls_backend_native();
    Ok(match https {
        true => builder,
        // Plain http needs no certificates, and reading those of the system takes
        // most of the time to build a client.
        false => builder.tls_certs_only([]),
    })
}
