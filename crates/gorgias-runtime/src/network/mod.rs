//! The network, with nothing left to defaults that could surprise.

mod proxy;
mod tls;

use std::sync::Arc;
use std::time::Duration;

pub use self::proxy::Proxy;
use crate::endpoint::BaseUrl;
use crate::limits::Limits;
use crate::transport::{HttpTransport, Transport};

/// Why there is no way to the network as it was asked for.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Well under the idle timeouts of load balancers: a connection that the
/// other side is about to close must not be picked for a request.
const POOL_IDLE: Duration = Duration::from_secs(25);

/// A transport over the network to one base address.
pub(crate) fn network(
    base: &BaseUrl,
    limits: &Limits,
    proxy: &Proxy,
) -> Result<Arc<dyn Transport>, BoxError> {
    let mut builder = tls::configure(reqwest::Client::builder(), !base.is_plain_http())?
        // A redirect would take the credentials, or the body, elsewhere.
        .redirect(reqwest::redirect::Policy::none())
        // Whether to resend is decided where the fate of a write is known.
        .retry(reqwest::retry::never())
        // With HTTP/2 the stack resends by itself when a stream is refused.
        .http1_only()
        .https_only(!base.is_plain_http())
        .connect_timeout(limits.connect)
        .pool_idle_timeout(POOL_IDLE);
    // A proxy for plain http, which is loopback only, would see the credentials.
    builder = match base.is_loopback() {
        true => builder.no_proxy(),
        false => proxy.apply(builder)?,
    };
    // Plain http needs no certificates, and a slim container may have none.
    if base.is_plain_http() {
        builder = tls::without_certificates(builder);
    }
    let client = builder.build().map_err(tls::explained)?;
    Ok(Arc::new(HttpTransport::new(client, limits)))
}
