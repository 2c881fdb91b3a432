//! Tests of subdomains.

use proptest::prelude::*;
use url::Url;

use crate::endpoint::Subdomain;

/// Names that an attacker, or a person in a hurry, may type into a settings
/// page.
const REFUSED: &[&str] = &[
    "",
    " ",
    "-",
    "--",
    "-acme",
    "acme-",
    "acme ",
    " acme",
    "ac me",
    "ACME",
    "Acme",
    "acme.",
    ".acme",
    "a.b",
    "acme.evil",
    "acme.gorgias.com",
    "evil.com#",
    "evil.com/",
    "evil.com?",
    "evil.com:443",
    "evil.com\\",
    "x@y",
    "user:pass@evil.com",
    "acme/",
    "acme/../",
    "/acme",
    "../acme",
    "acme%2e",
    "%61cme",
    "acme%00",
    "acme\0",
    "acme\n",
    "acme\r\n",
    "acme\t",
    "acme\u{0b}",
    "\u{feff}acme",
    "acme\u{200b}",
    "acm\u{0435}",
    "acmé",
    "ａｃｍｅ",
    "acme。",
    "acme\u{ff0e}evil",
    "☃",
    "xn--☃",
    "acme_1",
    "acme!",
    "acme$",
    "acme&x",
    "acme*",
    "*",
    "acme+1",
    "acme,b",
    "acme;b",
    "acme=b",
    "acme'b",
    "acme\"b",
    "acme(b",
    "acme)b",
    "acme<b",
    "acme>b",
    "acme[b",
    "acme]b",
    "acme{b",
    "acme}b",
    "acme|b",
    "acme^b",
    "acme`b",
    "acme~",
    "https://acme",
    "//acme",
    "[::1]",
    "127.0.0.1",
    "0x7f.1",
    "acme:",
    ":acme",
    "acme#",
    "acme?",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

#[test]
fn hostile_names_are_refused_without_being_repeated() {
    for name in REFUSED {
        let error = Subdomain::new(*name).expect_err(name);
        let text = format!("{error} {error:?}");
        assert!(
            name.trim().len() < 3 || !text.contains(name),
            "{text} repeats {name}"
        );
    }
}

#[test]
fn every_length_up_to_a_full_label_is_accepted() {
    for length in 1..=63 {
        assert!(Subdomain::new("a".repeat(length)).is_ok(), "{length}");
    }
    for name in ["7", "a-b", "a--b", "xn--acm-dma", "0-0"] {
        assert_eq!(Subdomain::new(name).unwrap().as_str(), name);
    }
}

#[test]
fn what_people_paste_is_read() {
    for text in [
        "acme",
        " acme\n",
        "ACME",
        "acme.gorgias.com",
        "https://acme.gorgias.com",
        "https://acme.gorgias.com/",
        "https://ACME.Gorgias.com/app/tickets?x=1#top",
        "https://acme.gorgias.com:443/",
    ] {
        assert_eq!(
            Subdomain::parse_lenient(text).expect(text).as_str(),
            "acme",
            "{text}"
        );
    }
}

#[test]
fn other_addresses_are_not_mistaken_for_a_helpdesk() {
    for text in [
        "http://acme.gorgias.com",
        "https://acme.gorgias.com.evil.example",
        "https://gorgias.com",
        "https://.gorgias.com",
        "https://a.b.gorgias.com",
        "https://evil.example/acme.gorgias.com",
        "https://evil.example\\@acme.gorgias.com",
        "https://user@acme.gorgias.com",
        "https://user:pass@acme.gorgias.com",
        "https://acme.gorgias.com:8443",
        "ftp://acme.gorgias.com",
        "https://ac\tme.gorgias.com",
        "https://",
        "://acme",
        "acme.gorgias.com.",
        "gorgias.com",
    ] {
        assert!(Subdomain::parse_lenient(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn every_accepted_text_yields_a_host_under_the_domain(text in "\\PC{0,80}") {
        for accepted in [Subdomain::new(text.clone()), Subdomain::parse_lenient(&text)]
            .into_iter()
            .flatten()
        {
            let url = Url::parse(&format!("https://{}/api/tickets", accepted.host())).unwrap();
            let host = accepted.host();
            prop_assert_eq!(url.host_str(), Some(host.as_str()));
            prop_assert!(url.host_str().unwrap().ends_with(".gorgias.com"));
            prop_assert_eq!(url.port_or_known_default(), Some(443));
            prop_assert_eq!(url.username(), "");
            prop_assert_eq!(url.path(), "/api/tickets");
        }
    }

    #[test]
    fn the_documented_pattern_is_what_is_accepted(text in "[a-c0-1A._-]{0,66}") {
        let bytes = text.as_bytes();
        let inner = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-';
        let edge = |c: Option<&u8>| c.is_some_and(|c| *c != b'-');
        let expected = (1..=63).contains(&bytes.len())
            && bytes.iter().all(inner)
            && edge(bytes.first())
            && edge(bytes.last());
        prop_assert_eq!(Subdomain::new(text).is_ok(), expected);
    }
}
