//! Configuring the generated client.

use gorgias_runtime::support::Settings;

use crate::generated::Client;

/// Configures a [`Client`]. Nothing is checked before [`build`](Self::build),
/// which checks everything.
#[derive(Debug)]
#[must_use = "a builder does nothing until built"]
pub struct ClientBuilder {
    settings: Settings,
}

impl Client {
    /// Starts the configuration of a client for the helpdesk at
    /// `https://SUBDOMAIN.gorgias.com`.
    pub fn builder(subdomain: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            settings: Settings::new(subdomain.into()),
        }
    }
}

impl ClientBuilder {
    gorgias_runtime::connection_settings!();

    /// Checks the configuration and creates the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When the subdomain, the base URL, the proxy, the credentials, the user
    /// agent or a limit is not acceptable, when there are no credentials, and
    /// when https is asked for without a TLS feature. The error's source says
    /// which of these it is. The error never contains a value of the
    /// configuration.
    pub fn build(self) -> Result<Client, gorgias_runtime::Error> {
        Ok(Client::on(self.settings.connect()?))
    }
}
