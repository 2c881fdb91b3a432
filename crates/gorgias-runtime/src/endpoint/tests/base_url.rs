//! Tests of base addresses.

use crate::endpoint::BaseUrl;
use crate::endpoint::base_url::OTHER_HOST;

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
    let base = BaseUrl::parse("https://acme.gorgias.com/").unwrap();
    assert_eq!(base.as_str(), "https://acme.gorgias.com");
    assert!(!base.is_plain_http());
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
        assert_eq!(BaseUrl::parse(text), Err(OTHER_HOST), "{text}");
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
