//! The choice of a proxy: one that the environment names, one that the caller
//! names, or none.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// The error for text that can't be the address of a proxy. It doesn't repeat the
/// text, which may hold a password.
const PROBLEM: &str = "the proxy is not the http or https address of a host";

/// The proxy that https requests go through.
#[derive(Debug, Default)]
pub enum Proxy {
    /// The proxy that `HTTPS_PROXY` or `ALL_PROXY` names. Hosts in `NO_PROXY` are
    /// reached without it.
    #[default]
    Environment,
    /// The proxy at this address, which may hold a password.
    Chosen(SecretString),
    /// No proxy.
    Never,
}

impl Proxy {
    /// Chooses the proxy at an address, which is checked when the client is
    /// built.
    #[must_use]
    pub fn chosen(url: String) -> Self {
        Self::Chosen(SecretString::from(url))
    }

    pub(super) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, &'static str> {
        match self {
            Self::Environment => Ok(builder),
            Self::Chosen(url) => {
                let proxy = chosen(url.expose_secret()).ok_or(PROBLEM)?;
                Ok(builder.no_proxy().proxy(proxy))
            }
            Self::Never => Ok(builder.no_proxy()),
        }
    }
}

fn chosen(text: &str) -> Option<reqwest::Proxy> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if !plain {
        return None;
    }
    reqwest::Proxy::https(url).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_hosts_are_proxies() {
        for text in [
            "http://proxy.example:3128",
            "https://proxy.example/",
            "http://user:hunter2@10.0.0.1:8080",
        ] {
            assert!(chosen(text).is_some(), "{text}");
        }
        for text in [
            "",
            "proxy.example:3128",
            "socks5://proxy.example",
            "file:///etc/passwd",
            "http://proxy.example/path",
            "http://proxy.example/?q",
            "http://proxy.example/#f",
        ] {
            assert!(chosen(text).is_none(), "{text}");
        }
    }
}
