//! Creates the HTTP transport. Redirects, retries, protocol, proxy and TLS are
//! set explicitly rather than left to reqwest's defaults.

mod proxy;
mod tls;

use std::sync::Arc;
use std::time::Duration;

pub use self::proxy::Proxy;
use crate::BoxError;
use crate::endpoint::BaseUrl;
use crate::limits::Limits;
use crate::transport::{HttpTransport, Transport};

/// How long an idle connection is kept. It is well under the idle timeouts of
/// load balancers, so that no request is sent on a connection that the other
/// side is about to close.
const POOL_IDLE: Duration = Duration::from_secs(25);

/// Creates a transport to one base address.
pub(crate) fn network(
    base: &BaseUrl,
    limits: &Limits,
    proxy: &Proxy,
) -> Result<Arc<dyn Transport>, BoxError> {
    let mut builder = tls::configure(reqwest::Client::builder(), !base.is_plain_http())?
        // A redirect would send the credentials, or the body, to another
        // address.
        .redirect(reqwest::redirect::Policy::none())
        // `call/resend.rs` decides about retries, because it knows the delivery
        // of a write.
        .retry(reqwest::retry::never())
        // With HTTP/2, hyper sends a request again by itself when its stream is
        // refused.
        .http1_only()
        .https_only(!base.is_plain_http())
        .connect_timeout(limits.connect)
        .pool_idle_timeout(POOL_IDLE);
    // Loopback addresses get no proxy: only they may be used with plain http, in
    // which a proxy would see the credentials.
    builder = match base.is_loopback() {
        true => builder.no_proxy(),
        false => proxy.apply(builder)?,
    };
    let client = builder.build()?;
    Ok(Arc::new(HttpTransport::new(client, limits)))
}
