//! The base address of a client, checked so that credentials go only to a
//! helpdesk, to this machine, or to a host that the caller vouches for.

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use url::{Host, Url};

use super::Subdomain;

/// A checked base address, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    /// The host and port.
    authority: Authority,
    /// The path that is put in front of the path of every request, usually empty.
    stem: String,
    plain_http: bool,
    loopback: bool,
}

impl BaseUrl {
    /// Checks a base URL that has to be the address of a helpdesk, or have a
    /// loopback IP address as its host.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        let base = Self::parse_any_host(text)?;
        // `https://acme.gorgias.com:443` is an address of a helpdesk too.
        let host = base.authority.as_str();
        let host = host.strip_suffix(":443").unwrap_or(host);
        let is_own = base.stem.is_empty() && Subdomain::is_helpdesk_host(host);
        match base.loopback || is_own {
            true => Ok(base),
            false => Err(OTHER_HOST),
        }
    }

    /// Checks a base URL that may have any https host, which the caller vouches
    /// for. The URL must already be in its canonical form. URL parsers repair
    /// many malformed URLs (`http://2130706433`, `https:/host`, `\`, tabs), and a
    /// repaired URL is not the one that a reviewer of a configuration file saw.
    pub(crate) fn parse_any_host(text: &str) -> Result<Self, InvalidBaseUrl> {
        const MALFORMED: InvalidBaseUrl =
            InvalidBaseUrl("the base URL is not a plain, canonical URL");

        let odd = |c: char| !c.is_ascii_graphic() || matches!(c, '\\' | '%' | '"' | '<' | '>');
        if text.contains(odd) {
            return Err(MALFORMED);
        }
        if text.contains(['@', '?', '#']) {
            return Err(InvalidBaseUrl(
                "the base URL holds a user name, a query or a fragment",
            ));
        }
        let (scheme, rest) = text.split_once("://").ok_or(MALFORMED)?;
        let (plain_http, default_port) = match scheme {
            "https" => (false, ":443"),
            "http" => (true, ":80"),
            _ => {
                return Err(InvalidBaseUrl("the base URL is neither https nor http"));
            }
        };
        let url = Url::parse(text).map_err(|_| MALFORMED)?;
        let authority = rest.split('/').next().unwrap_or(rest);
        let path = rest.strip_prefix(authority).unwrap_or_default();
        let host = url.host_str().ok_or(MALFORMED)?;
        let canonical = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let written = authority.strip_suffix(default_port).unwrap_or(authority);
        if written != canonical || (path != url.path() && !path.is_empty()) {
            return Err(MALFORMED);
        }
        let loopback = is_loopback_literal(&url);
        if plain_http && !loopback {
            return Err(InvalidBaseUrl(
                "the base URL is plain http: only loopback literals such as 127.0.0.1 and [::1] \
                 may be reached without TLS",
            ));
        }
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            authority: authority.parse().map_err(|_| MALFORMED)?,
            stem: path.trim_end_matches('/').to_owned(),
            plain_http,
            loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the complete URI of a path and query.
    pub(crate) fn uri(&self, target: Cow<'static, str>) -> Option<Uri> {
        let target = match target {
            _ if !self.stem.is_empty() => format!("{}{target}", self.stem).into(),
            Cow::Borrowed(target) => Bytes::from_static(target.as_bytes()),
            Cow::Owned(target) => target.into(),
        };
        let mut parts = Parts::default();
        parts.scheme = Some(match self.plain_http {
            true => Scheme::HTTP,
            false => Scheme::HTTPS,
        });
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = PathAndQuery::from_maybe_shared(target).ok();
        Uri::from_parts(parts).ok()
    }

    /// Returns the name of the helpdesk in a journal. The port of a loopback
    /// address is left out, because an emulator gets another port at each start.
    pub(crate) fn helpdesk_name(&self) -> String {
        let Ok(url) = Url::parse(&self.text) else {
            return self.text.clone();
        };
        match url.host_str() {
            Some(host) if self.loopback => format!("{}://{host}", url.scheme()),
            // `Url` leaves out a default port.
            _ => url.as_str().trim_end_matches('/').to_owned(),
        }
    }

    /// Whether requests are sent without TLS, which is allowed only on
    /// loopback.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.plain_http
    }

    /// Whether requests stay on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// Whether the host is a loopback IP address. A name such as `localhost`
/// doesn't count, because it may resolve to any address.
fn is_loopback_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        _ => false,
    }
}

/// The error for a base address that is refused. It doesn't repeat the address,
/// which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidBaseUrl(&'static str);

pub(super) const OTHER_HOST: InvalidBaseUrl = InvalidBaseUrl(
    "the base URL is not a helpdesk under gorgias.com: credentials go to another host only \
     through danger_base_url",
);

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidBaseUrl {}
