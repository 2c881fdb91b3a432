//! Checks that the address of an attachment is public.
//!
//! A person who reads a ticket fetches its attachments. An address from a
//! stranger must not make that person's browser read a local file or reach into
//! a private network.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Domains without public hosts (RFC 6761, 6762, 8375 and 9476; ICANN reserves
/// `internal`).
const PRIVATE_NAMES: [&str; 7] = [
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "test",
    "invalid",
    "alt",
];

/// Whether a text is the https address of a public host.
pub(super) fn is_public(text: &str) -> bool {
    // The parser would remove or replace these characters without an error.
    if text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let signed_in = !url.username().is_empty() || url.password().is_some();
    url.scheme() == "https"
        && !signed_in
        && match url.host() {
            Some(Host::Domain(name)) => is_public_name(name),
            Some(Host::Ipv4(address)) => is_public_v4(address),
            Some(Host::Ipv6(address)) => is_public_v6(address),
            None => false,
        }
}

fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let private = PRIVATE_NAMES.iter().any(|private| {
        name.strip_suffix(private)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    // A name of one label is resolved within the local network.
    name.contains('.') && !private
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let benchmark = first == 198 && (18..20).contains(&second);
    // Protocol assignments (RFC 6890), and the former 6to4 relays (RFC 7526).
    let reserved = matches!((first, second, third), (192, 0, 0) | (192, 88, 99));
    !(first == 0
        || first >= 224
        || shared
        || benchmark
        || reserved
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Only 2000::/3 is allocated to hosts. Of that range, these are refused:
    // 6to4 addresses, which contain an IPv4 address that may be private,
    // protocol assignments, and addresses for documentation.
    let embeds_v4 = first == 0x2002;
    let protocol = first == 0x2001 && second < 0x0200;
    let example = (first, second) == (0x2001, 0x0db8) || (first == 0x3fff && second < 0x1000);
    (0x2000..0x4000).contains(&first) && !embeds_v4 && !protocol && !example
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_https_addresses_are_accepted() {
        for url in [
            "https://files.example.com/vase.jpg",
            "https://files.example.com:8443/a%20b.pdf?x=1#p",
            "https://localhost.example.com/x",
            "https://xn--bcher-kva.example/x",
            "https://8.8.8.8/x",
            "https://100.63.255.255/x",
            "https://100.128.0.1/x",
            "https://192.0.1.1/x",
            "https://192.88.98.1/x",
            "https://192.88.100.1/x",
            "https://198.17.255.255/x",
            "https://198.20.0.1/x",
            "https://223.255.255.255/x",
            "https://[2001:200::1]/x",
            "https://[2001:4860:4860::8888]/x",
            "https://[2606:4700::1111]/x",
            "https://[2a00:1450::1]/x",
        ] {
            assert!(is_public(url), "{url}");
        }
    }

    #[test]
    fn local_files_and_private_networks_are_refused() {
        for url in [
            "",
            "vase.jpg",
            "/etc/passwd",
            "//files.example.com/x",
            "http://files.example.com/x",
            "ftp://files.example.com/x",
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "data:text/html,<script>alert(1)</script>",
            "javascript:alert(1)",
            "blob:https://files.example.com/1",
            "https://",
            "https://user@files.example.com/x",
            "https://user:pass@files.example.com/x",
            "https://files.example.com@127.0.0.1/x",
            "https://files.example.com\\@127.0.0.1/x",
            "https://files.example.com/a b",
            "https://files.example.com/\n",
            "https://localhost/x",
            "https://LOCALHOST./x",
            "https://a.localhost/x",
            "https://printer/x",
            "https://nas.local/x",
            "https://metadata.google.internal/x",
            "https://router.home.arpa/x",
            "https://127.0.0.1/x",
            "https://127.1/x",
            "https://2130706433/x",
            "https://0x7f000001/x",
            "https://0177.0.0.1/x",
            "https://0.0.0.0/x",
            "https://10.0.0.1/x",
            "https://172.16.0.1/x",
            "https://192.168.1.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/x",
            "https://192.0.0.1/x",
            "https://192.0.0.255/x",
            "https://192.88.99.1/x",
            "https://192.0.2.1/x",
            "https://198.51.100.1/x",
            "https://203.0.113.1/x",
            "https://100.127.255.255/x",
            "https://198.18.0.1/x",
            "https://198.19.255.255/x",
            "https://240.0.0.1/x",
            "https://224.0.0.1/x",
            "https://255.255.255.255/x",
            "https://[::]/x",
            "https://[::1]/x",
            "https://[::ffff:127.0.0.1]/x",
            "https://[64:ff9b::7f00:1]/x",
            "https://[64:ff9b:1::1]/x",
            "https://[100::1]/x",
            "https://[fc00::1]/x",
            "https://[fdff::1]/x",
            "https://[fe80::1]/x",
            "https://[fec0::1]/x",
            "https://[ff02::1]/x",
            "https://[2001::1]/x",
            "https://[2001:2::1]/x",
            "https://[2001:20::1]/x",
            "https://[2001:1ff:ffff::1]/x",
            "https://[2001:db8::1]/x",
            "https://[2002:7f00:1::]/x",
            "https://[3fff::1]/x",
            "https://[3fff:fff::1]/x",
        ] {
            assert!(!is_public(url), "{url}");
        }
    }
}
