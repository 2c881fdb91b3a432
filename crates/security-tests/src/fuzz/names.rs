//! Fuzz targets for subdomains, base URLs and cursors.

use gorgias::{ErrorKind, Subdomain};
use serde_json::json;

use super::input::{list_from, pages, response};
use crate::client::builder;
use crate::in_process::Answering;

/// Checks that every accepted subdomain leads to a host under gorgias.com, and every
/// accepted base URL to such a host or to loopback.
pub(super) fn subdomain(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let pasted = Subdomain::parse_lenient(text);
    for accepted in [Subdomain::new(text), pasted].into_iter().flatten() {
        let host = accepted.host();
        let label = host.strip_suffix(".gorgias.com").expect("a helpdesk");
        assert_eq!(label, accepted.as_str());
        assert!((1..=63).contains(&label.len()));
        assert!(!label.contains('.'));
        let address: http::Uri = format!("https://{host}").parse().expect("an address");
        assert_eq!(address.host(), Some(host.as_str()));
        assert_eq!(address.port(), None);
        assert_eq!(
            address.authority().map(|all| all.as_str()),
            Some(host.as_str())
        );
    }
    base_url(text);
}

fn base_url(text: &str) {
    let transport = Answering::with(|_| http::Response::default());
    let client = builder().base_url(text).transport(transport);
    if client.build().is_err() {
        return;
    }
    let address: http::Uri = text.parse().expect("an address");
    let host = address.host().expect("a host");
    let loopback = host
        .trim_matches(['[', ']'])
        .parse::<std::net::IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    if !loopback {
        assert_eq!(address.scheme_str(), Some("https"));
        assert!(host.ends_with(".gorgias.com"), "{host}");
        assert!(address.port_u16().is_none_or(|port| port == 443));
    }
}

/// Checks that an invalid cursor is refused, whether the caller or a page of the list
/// gives it.
pub(super) fn cursor(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_cursor = visible && (1..=512).contains(&text.len());
    let page = json!({
        "object": "list",
        "data": [{"id": 7}],
        "meta": {"next_cursor": text, "prev_cursor": null},
    });
    let page = || response(0, [], page.to_string().as_bytes());
    match list_from(page(), &text) {
        Ok(_) => assert!(is_cursor),
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidRequest),
    }
    // Every page names the same next cursor. If it is valid, the list yields two
    // results before it ends, otherwise one.
    let count = pages(page());
    assert_eq!(count, if is_cursor { 2 } else { 1 });
}
