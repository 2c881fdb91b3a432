//! The connection of a command: the address and the credentials.

mod embedded;
mod environment;

use std::time::Duration;

use clap::Args;
use gorgias::{Client, ClientBuilder, Subdomain};

pub(crate) use self::embedded::load;
use self::environment::{ACCESS_TOKEN, API_KEY, BASE_URL, EMAIL, SUBDOMAIN, variable};
use crate::duration;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::Input;

const USER_AGENT: &str = concat!("gorgias-cli/", env!("CARGO_PKG_VERSION"));

#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionArguments {
    #[command(flatten)]
    flags: ConnectionFlags,

    /// Fill the emulator of --emulator first: a JSON file (- for standard input)
    /// with an array of tickets as the API returns them, or of request bodies; or
    /// an object of such arrays, as the emulator command takes it
    #[arg(long, value_name = "FILE")]
    load: Option<Input>,

    /// Send to another address, which then gets the credentials: https, or
    /// http on a loopback address such as http://127.0.0.1:8080
    /// [env: GORGIAS_BASE_URL]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

// The flags that may stand before the command as well as after it. clap would
// show a documentation comment as the description of the command.
#[derive(Args, Default)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionFlags {
    /// Talk to an emulator inside this process, which needs no account and
    /// forgets everything when the command ends
    #[arg(long)]
    emulator: bool,

    /// How long a call may take in all, retries included, such as 30s or 2m; the
    /// wait for the rate limit doesn't count
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    timeout: Option<Duration>,

    /// Tell requests, waits and retries on standard error, without bodies
    #[arg(short, long)]
    verbose: bool,
}

impl ConnectionFlags {
    /// Fails if any of them was given to a command that sends nothing.
    pub(crate) fn refuse(&self) -> Result<(), Failure> {
        let given = [
            (self.emulator, "--emulator"),
            (self.timeout.is_some(), "--timeout"),
            (self.verbose, "--verbose"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, flag)) => Err(Failure::invalid(format!(
                "{flag} means nothing to this command, which talks to no helpdesk"
            ))),
            None => Ok(()),
        }
    }
}

/// Where requests go.
pub(crate) enum Address {
    Subdomain(Subdomain),
    BaseUrl(String),
}

/// The credentials of requests.
pub(crate) enum Login {
    ApiKey { email: String, key: String },
    AccessToken(String),
}

impl ConnectionArguments {
    /// Takes over the flags that stood before the command, and checks the combination of
    /// arguments.
    pub(crate) fn take(&mut self, before: ConnectionFlags) -> Result<(), Failure> {
        let flags = &mut self.flags;
        flags.emulator |= before.emulator;
        flags.verbose |= before.verbose;
        flags.timeout = flags.timeout.or(before.timeout);
        match (self.is_emulated(), &self.load, &self.base_url) {
            (false, Some(_), _) => Err(Failure::invalid("--load needs --emulator")),
            (true, _, Some(_)) => Err(Failure::invalid(
                "--emulator and --base-url can't both be meant",
            )),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_emulated(&self) -> bool {
        self.flags.emulator
    }

    pub(crate) fn is_verbose(&self) -> bool {
        self.flags.verbose
    }

    /// The address of the user who signs in; nobody with an access token.
    pub(crate) fn email(&self) -> Result<Option<String>, Failure> {
        Ok(match login()? {
            _ if self.is_emulated() => Some(embedded::EMAIL.to_owned()),
            Some(Login::ApiKey { email, .. }) => Some(email),
            _ => None,
        })
    }

    /// The client to use. Nothing is sent yet.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        build(self.builder()?)
    }

    /// The client before it is built, for a caller that has more to set.
    pub(crate) fn builder(&self) -> Result<ClientBuilder, Failure> {
        let builder = if self.is_emulated() {
            embedded::builder(self.load.as_ref())?
        } else {
            match (self.address()?, login()?) {
                (Some(address), Some(login)) => signed(address.builder(), login),
                (address, login) => return Err(missing(address.is_none(), login.is_none())),
            }
        };
        Ok(match self.flags.timeout {
            Some(timeout) => builder.operation_timeout(timeout).attempt_timeout(timeout),
            None => builder,
        })
    }

    /// Where requests would go, checked. None when no address is set.
    pub(crate) fn checked_address(&self) -> Result<Option<Address>, Failure> {
        let Some(address) = self.address()? else {
            return Ok(None);
        };
        // Building a client checks the address. The credentials don't matter for that.
        let login = Login::AccessToken("none".to_owned());
        build(signed(address.builder(), login))?;
        Ok(Some(address))
    }

    /// Whether the rate limit of the helpdesk holds. A server on this machine may have
    /// none.
    pub(crate) fn is_limited(&self) -> Result<bool, Failure> {
        Ok(match self.address()? {
            _ if self.is_emulated() => false,
            // The client takes http on loopback alone.
            Some(Address::BaseUrl(url)) => !url.to_ascii_lowercase().starts_with("http:"),
            _ => true,
        })
    }

    fn address(&self) -> Result<Option<Address>, Failure> {
        let base_url = match &self.base_url {
            Some(url) => Some(url.clone()),
            None => variable(BASE_URL)?,
        };
        match base_url {
            Some(url) => Ok(Some(Address::BaseUrl(url))),
            None => match variable(SUBDOMAIN)? {
                // People paste the whole address.
                Some(text) => Subdomain::parse_lenient(&text)
                    .map(|name| Some(Address::Subdomain(name)))
                    .map_err(|error| Failure::invalid(format!("{SUBDOMAIN}: {error}"))),
                None => Ok(None),
            },
        }
    }
}

impl Address {
    fn builder(&self) -> ClientBuilder {
        match self {
            Self::Subdomain(name) => Client::builder(name.as_str()),
            // The user of the command has named the host, so every host is allowed.
            Self::BaseUrl(url) => Client::builder("").danger_base_url(url),
        }
    }

    /// The address without a slash at its end.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Subdomain(name) => format!("https://{}", name.host()),
            Self::BaseUrl(url) => url.trim_end_matches('/').to_owned(),
        }
    }
}

fn signed(builder: ClientBuilder, login: Login) -> ClientBuilder {
    let builder = match login {
        Login::ApiKey { email, key } => builder.api_key(email, key),
        Login::AccessToken(token) => builder.bearer(token),
    };
    builder.user_agent(USER_AGENT)
}

/// Builds a client. Nothing is sent yet.
pub(crate) fn build(builder: ClientBuilder) -> Result<Client, Failure> {
    builder.build().map_err(Failure::of_read)
}

/// The credentials of the environment, if they are complete.
pub(crate) fn login() -> Result<Option<Login>, Failure> {
    match (
        variable(EMAIL)?,
        variable(API_KEY)?,
        variable(ACCESS_TOKEN)?,
    ) {
        (_, Some(_), Some(_)) => Err(Failure::invalid(format!(
            "{API_KEY} and {ACCESS_TOKEN} are both set, and only one can be meant"
        ))),
        (_, None, Some(token)) => Ok(Some(Login::AccessToken(token))),
        (Some(email), Some(key), None) => Ok(Some(Login::ApiKey { email, key })),
        _ => Ok(None),
    }
}

/// A failure that names every variable that has to be set.
fn missing(address: bool, login: bool) -> Failure {
    let mut needed = Vec::new();
    if address {
        needed.push(format!("set {SUBDOMAIN} to the acme of acme.gorgias.com"));
    }
    if login {
        needed.push(format!(
            "set {EMAIL} and {API_KEY} to sign in with an API key, or {ACCESS_TOKEN} to sign in \
             with an OAuth2 access token"
        ));
    }
    let message = match (address, login) {
        (true, false) => "no helpdesk is named, nothing was sent",
        _ => "there are no credentials, nothing was sent",
    };
    Failure::new(Exit::NotSent, message)
        .details(needed)
        .hint("--emulator works without an account")
}
