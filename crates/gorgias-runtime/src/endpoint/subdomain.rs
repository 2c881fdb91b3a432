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
    /// pasted it. Case and surrounding whitespace don't matter.
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
    /// When the text doesn't name a helpdesk, or the address has a scheme
    /// other than https, a port other than 443, or a user name or password.
    pub fn parse_lenient(text: &str) -> Result<Self, InvalidSubdomain> {
        let text = text.trim();
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(InvalidSubdomain(CHARACTERS));
        }
        if text.contains("://") {
            return Self::from_address(text);
        }
        let lower = text.to_ascii_lowercase();
        Self::new(lower.strip_suffix(DOMAIN).unwrap_or(&lower))
    }

    fn from_address(text: &str) -> Result<Self, InvalidSubdomain> {
        let not_an_address = InvalidSubdomain("the address is not https://NAME.gorgias.com");
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

    /// Returns the name alone, such as `acme`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the host of this helpdesk, such as `acme.gorgias.com`.
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
    let problem = if name.is_empty() {
        "the subdomain is empty"
    } else if name.len() > MAX_LENGTH {
        "the subdomain is longer than 63 characters"
    } else if !name.bytes().all(allowed) {
        CHARACTERS
    } else if name.starts_with('-') || name.ends_with('-') {
        "the subdomain starts or ends with a hyphen"
    } else {
        return Ok(());
    };
    Err(InvalidSubdomain(problem))
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
pub struct InvalidSubdomain(&'static str);

const CHARACTERS: &str = "the subdomain holds something other than lower-case letters, digits \
                          and hyphens (give only the part before .gorgias.com)";

impl fmt::Display for InvalidSubdomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidSubdomain {}
