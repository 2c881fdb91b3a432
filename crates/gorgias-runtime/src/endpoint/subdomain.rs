//! The name of a helpdesk account, safe to put in front of `.gorgias.com`.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// The parent domain of every helpdesk, with its leading dot.
const DOMAIN: &str = ".gorgias.com";

/// The longest label DNS allows.
const MAX_LENGTH: usize = 63;

/// The subdomain of a helpdesk: the `acme` in `acme.gorgias.com`.
///
/// A value is one DNS label: 1 to 63 lower-case letters, digits and hyphens,
/// with no hyphen at either end. Other text is refused, so that a name typed in
/// by an application's own user can't send requests, and the credentials in
/// them, to another host.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::Subdomain;
///
/// let acme: Subdomain = "acme".parse()?;
/// assert_eq!(acme.host(), "acme.gorgias.com");
///
/// assert!("evil.example#".parse::<Subdomain>().is_err());
/// # Ok::<(), gorgias::InvalidSubdomain>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subdomain(String);

impl Subdomain {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// When the text isn't one DNS label as described on the type. The error
    /// doesn't repeat the text.
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidSubdomain> {
        let name = name.into();
        check(&name)?;
        Ok(Self(name))
    }

    /// Reads the bare name, the host (`acme.gorgias.com`) or an address of the
    /// helpdesk (`https://acme.gorgias.com/app/tickets`), as a person may have
    /// pasted it. Case and surrounding blanks don't matter.
    ///
    /// ```
    /// # extern crate gorgias_runtime as gorgias;
    /// use gorgias::Subdomain;
    ///
    /// let pasted = Subdomain::parse_lenient(" https://Acme.gorgias.com/app ")?;
    /// assert_eq!(pasted.as_str(), "acme");
    /// # Ok::<(), gorgias::InvalidSubdomain>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When no helpdesk can be read from the text: another host, another
    /// scheme than https, a port, or a user name in the address.
    pub fn parse_lenient(text: &str) -> Result<Self, InvalidSubdomain> {
        let text = text.trim();
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(InvalidSubdomain(Reason::Characters));
        }
        if text.contains("://") {
            return Self::from_address(text);
        }
        let lower = text.to_ascii_lowercase();
        Self::new(lower.strip_suffix(DOMAIN).unwrap_or(&lower))
    }

    fn from_address(text: &str) -> Result<Self, InvalidSubdomain> {
        let not_an_address = InvalidSubdomain(Reason::Address);
        let url = Url::parse(text).map_err(|_| not_an_address)?;
        let plain = url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none();
        let name = url
            .host_str()
            .filter(|_| plain)
            .and_then(|host| host.strip_suffix(DOMAIN))
            .ok_or(not_an_address)?;
        Self::new(name)
    }

    /// The name alone, such as `acme`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host of this helpdesk, such as `acme.gorgias.com`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}{DOMAIN}", self.0)
    }

    /// Whether a host is a valid subdomain of gorgias.com.
    pub(crate) fn is_helpdesk_host(host: &str) -> bool {
        host.strip_suffix(DOMAIN)
            .is_some_and(|name| check(name).is_ok())
    }
}

fn check(name: &str) -> Result<(), InvalidSubdomain> {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    let reason = if name.is_empty() {
        Reason::Empty
    } else if name.len() > MAX_LENGTH {
        Reason::Length
    } else if !name.bytes().all(allowed) {
        Reason::Characters
    } else if name.starts_with('-') || name.ends_with('-') {
        Reason::Hyphen
    } else {
        return Ok(());
    };
    Err(InvalidSubdomain(reason))
}

impl fmt::Display for Subdomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Subdomain {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Subdomain {
    type Err = InvalidSubdomain;

    fn from_str(text: &str) -> Result<Self, InvalidSubdomain> {
        Self::new(text)
    }
}

impl TryFrom<String> for Subdomain {
    type Error = InvalidSubdomain;

    fn try_from(text: String) -> Result<Self, InvalidSubdomain> {
        Self::new(text)
    }
}

impl TryFrom<&str> for Subdomain {
    type Error = InvalidSubdomain;

    fn try_from(text: &str) -> Result<Self, InvalidSubdomain> {
        Self::new(text)
    }
}

impl From<Subdomain> for String {
    fn from(subdomain: Subdomain) -> Self {
        subdomain.0
    }
}

/// The error for a text that isn't the name of a helpdesk. It doesn't repeat
/// the text, which may be a secret pasted by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSubdomain(Reason);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Empty,
    Length,
    Characters,
    Hyphen,
    Address,
}

impl fmt::Display for InvalidSubdomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Reason::Empty => "the subdomain is empty",
            Reason::Length => "the subdomain is longer than 63 characters",
            Reason::Characters => {
                "the subdomain holds something other than lower-case letters, digits and hyphens \
                 (give only the part before .gorgias.com)"
            }
            Reason::Hyphen => "the subdomain starts or ends with a hyphen",
            Reason::Address => "the address is not https://NAME.gorgias.com",
        })
    }
}

impl std::error::Error for InvalidSubdomain {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            let told = format!("{error} {error:?}");
            assert!(
                name.trim().len() < 3 || !told.contains(name),
                "{told} repeats {name}"
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
}
