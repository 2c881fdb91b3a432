//! From the generated client's request to one of the runtime.

use gorgias_runtime::support::{Connection, Request};
use reqwest::Url;

/// The path and query of a request without a body, below the base address.
pub(super) fn request(connection: &Connection, built: &reqwest::Request) -> Request {
    let url = built.url();
    let base = Url::parse(connection.base_url());
    let stem = base.as_ref().map_or("", Url::path);
    let path = url.path();
    let path = path
        .strip_prefix(stem.trim_end_matches('/'))
        .unwrap_or(path);
    Request::new(match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}
