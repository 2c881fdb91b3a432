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
    /// The host and port. `None` can't occur, because the check parses them.
    authority: Option<Authority>,
    /// The path that is put in front of the path of every request, mostly empty.
    stem: String,
    plain_http: bool,
    loopback: bool,
}

impl BaseUrl {
    /// Returns the address of a helpdesk.
    pub(crate) fn helpdesk(subdomain: &Subdomain) -> Self {
        let host = subdomain.host();
        Self {
            text: format!("https://{host}"),
            authority: host.parse().ok(),
            stem: String::new(),
            plain_http: false,
            loopback: false,
        }
    }

    /// Checks an override that is a helpdesk's own address or a loopback
    /// literal.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        let address = Address::parse(text)?;
        if address.loopback {
            return Ok(address.into_base(text));
        }
        let own = address.https
            && Subdomain::is_helpdesk_host(&address.host)
            && address.default_port
            && address.stem.is_empty();
        if own {
            Ok(address.into_base(text))
        } else if address.https {
            Err(InvalidBaseUrl(Reason::Stranger))
        } else {
            Err(InvalidBaseUrl(Reason::PlainHttp))
        }
    }

    /// Checks an override that may be any https host, which the caller vouches
    /// for.
    pub(crate) fn parse_any_host(text: &str) -> Result<Self, InvalidBaseUrl> {
        let address = Address::parse(text)?;
        if address.https || address.loopback {
            Ok(address.into_base(text))
        } else {
            Err(InvalidBaseUrl(Reason::PlainHttp))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the whole address of a path and query.
    pub(crate) fn uri(&self, target: Cow<'static, str>) -> Option<Uri> {
        let authority = self.authority.as_ref()?;
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
        parts.authority = Some(authority.clone());
        parts.path_and_query = PathAndQuery::from_maybe_shared(target).ok();
        Uri::from_parts(parts).ok()
    }

    /// The name of the helpdesk by which a journal tells it from others. The
    /// port of a loopback address is left out, because an emulator gets another
    /// one at each start.
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

struct Address {
    https: bool,
    loopback: bool,
    host: String,
    default_port: bool,
    /// The path, without a trailing slash.
    stem: String,
    authority: Authority,
}

impl Address {
    /// Parses an address that must already be in its canonical form. URL
    /// parsers repair much (`http://2130706433`, `https:/host`, `\`, tabs), and
    /// a repaired address is not the one that a reviewer of a configuration
    /// file saw.
    fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        let malformed = InvalidBaseUrl(Reason::Malformed);
        let odd = |c: char| !c.is_ascii_graphic() || matches!(c, '\\' | '%' | '"' | '<' | '>');
        if text.contains(odd) {
            return Err(malformed);
        }
        if text.contains(['@', '?', '#']) {
            return Err(InvalidBaseUrl(Reason::Extras));
        }
        let (scheme, rest) = text.split_once("://").ok_or(malformed)?;
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(InvalidBaseUrl(Reason::Scheme)),
        };
        let url = Url::parse(text).map_err(|_| malformed)?;
        let authority = rest.split('/').next().unwrap_or(rest);
        let path = rest.strip_prefix(authority).unwrap_or_default();
        let host = url.host_str().ok_or(malformed)?;
        let canonical = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let default = if https { ":443" } else { ":80" };
        let written = authority.strip_suffix(default).unwrap_or(authority);
        if written != canonical || (path != url.path() && !path.is_empty()) {
            return Err(malformed);
        }
        Ok(Self {
            https,
            loopback: is_loopback_literal(&url),
            host: host.to_owned(),
            default_port: url.port().is_none(),
            stem: path.trim_end_matches('/').to_owned(),
            authority: authority.parse().map_err(|_| malformed)?,
        })
    }

    fn into_base(self, text: &str) -> BaseUrl {
        BaseUrl {
            text: text.trim_end_matches('/').to_owned(),
            authority: Some(self.authority),
            stem: self.stem,
            plain_http: !self.https,
            loopback: self.loopback,
        }
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
pub struct InvalidBaseUrl(Reason);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Malformed,
    Scheme,
    Extras,
    PlainHttp,
    Stranger,
}

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Reason::Malformed => "the base URL is not a plain, canonical URL",
            Reason::Scheme => "the base URL is neither https nor http",
            Reason::Extras => "the base URL holds a user name, a query or a fragment",
            Reason::PlainHttp => {
                "the base URL is plain http: only loopback literals such as 127.0.0.1 and [::1] \
                 may be reached without TLS"
            }
            Reason::Stranger => {
                "the base URL is not a helpdesk under gorgias.com: credentials go to another host \
                 only through danger_base_url"
            }
        })
    }
}

impl std::error::Error for InvalidBaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_emulator_leaves_out_its_port() {
        let name = |text| BaseUrl::parse_any_host(text).unwrap().helpdesk_name();
        for text in ["https://acme.gorgias.com/", "https://acme.gorgias.com:443"] {
            assert_eq!(name(text), "https://acme.gorgias.com");
        }
        assert_eq!(
            name("https://proxy.example:8443/a"),
            "https://proxy.example:8443/a"
        );
        assert_eq!(name("http://127.0.0.1:8080"), "http://127.0.0.1");
        assert_eq!(name("http://[::1]:8080/x"), "http://[::1]");
        assert_eq!(name("http://[::1]"), "http://[::1]");
    }

    #[test]
    fn a_helpdesk_is_reached_over_https() {
        let acme = Subdomain::new("acme").unwrap();
        let base = BaseUrl::helpdesk(&acme);
        assert_eq!(base.as_str(), "https://acme.gorgias.com");
        assert!(!base.is_plain_http());
        assert_eq!(BaseUrl::parse("https://acme.gorgias.com/"), Ok(base));
    }

    #[test]
    fn loopback_literals_may_be_plain() {
        for (text, kept) in [
            ("http://127.0.0.1", "http://127.0.0.1"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://127.9.8.7:1", "http://127.9.8.7:1"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[::1]/prefix/", "http://[::1]/prefix"),
        ] {
            let base = BaseUrl::parse(text).expect(text);
            assert_eq!(base.as_str(), kept);
            assert!(base.is_plain_http());
        }
        assert!(
            !BaseUrl::parse("https://127.0.0.1:8443")
                .unwrap()
                .is_plain_http()
        );
    }

    /// Addresses that `parse` and `parse_any_host` both refuse.
    const NEVER: &[&str] = &[
        "",
        " ",
        "acme",
        "acme.gorgias.com",
        "//acme.gorgias.com",
        "https:",
        "https://",
        "https:///",
        "https:/acme.gorgias.com",
        "https:acme.gorgias.com",
        "HTTPS://acme.gorgias.com",
        "https://ACME.gorgias.com",
        "https://acme.gorgias.com\\",
        "https:\\\\acme.gorgias.com",
        " https://acme.gorgias.com",
        "https://acme.gorgias.com ",
        "https://acme.gorgias.com\n",
        "https://ac\tme.gorgias.com",
        "https://acme.gorgias.com\0",
        "https://ácme.gorgias.com",
        "https://acme%2egorgias.com",
        "https://acme.gorgias.com/%2e%2e",
        "https://a.example/../b",
        "https://a.example/./b",
        "https://user@acme.gorgias.com",
        "https://user:key@acme.gorgias.com",
        "https://@acme.gorgias.com",
        "https://acme.gorgias.com?x=1",
        "https://acme.gorgias.com#x",
        "https://acme.gorgias.com/?",
        "https://evil.example#.gorgias.com",
        "ftp://acme.gorgias.com",
        "ws://127.0.0.1",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
        "http://acme.gorgias.com",
        "http://localhost",
        "http://localhost:8080",
        "http://localhost.evil.com",
        "http://127.0.0.1.nip.io",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1.",
        "http://2130706433",
        "http://0x7f000001",
        "http://0x7f.1",
        "http://0177.0.0.1",
        "http://127.1",
        "http://127.0.0.01",
        "http://0.0.0.0",
        "http://[::]",
        "http://[::ffff:127.0.0.1]",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::1%25eth0]",
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://192.168.1.1",
        "http://128.0.0.1",
        "http://126.255.255.255",
        "https://2130706433",
        "https://acme.gorgias.com:99999",
        "https://acme.gorgias.com:-1",
        "https://acme.gorgias.com:",
        "https://127.0.0.1:0080",
        "https://\"acme\".example",
        "https://<acme>.example",
        "https://☃.example",
    ];

    #[test]
    fn hostile_addresses_are_refused_even_by_parse_any_host() {
        for text in NEVER {
            assert!(BaseUrl::parse(text).is_err(), "parse({text:?})");
            let danger = BaseUrl::parse_any_host(text);
            assert!(danger.is_err(), "parse_any_host({text:?}) gave {danger:?}");
        }
    }

    #[test]
    fn another_https_host_needs_parse_any_host() {
        for text in [
            "https://evil.example",
            "https://gorgias.com",
            "https://acme.gorgias.com.evil.example",
            "https://acme-gorgias.com",
            "https://a.b.gorgias.com",
            "https://acme.gorgias.com.",
            "https://acme.gorgias.com:8443",
            "https://acme.gorgias.com/path",
            "https://localhost",
            "https://10.0.0.1",
            "https://gateway.example:8443/gorgias",
        ] {
            assert_eq!(
                BaseUrl::parse(text),
                Err(InvalidBaseUrl(Reason::Stranger)),
                "{text}"
            );
            let base = BaseUrl::parse_any_host(text).expect(text);
            assert_eq!(base.as_str(), text);
            assert!(!base.is_plain_http());
        }
    }

    #[test]
    fn the_error_does_not_repeat_the_address() {
        let error = BaseUrl::parse("https://user:hunter2@evil.example").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}
