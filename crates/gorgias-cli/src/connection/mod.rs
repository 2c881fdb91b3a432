//! The connection of a command: the address and the credentials.

mod embedded;

use std::env;
use std::time::Duration;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use gorgias::{Client, ClientBuilder, Subdomain};

pub(crate) use self::embedded::load;
use crate::duration;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::Input;

const SUBDOMAIN: &str = "GORGIAS_SUBDOMAIN";
const EMAIL: &str = "GORGIAS_EMAIL";
const API_KEY: &str = "GORGIAS_API_KEY";
const ACCESS_TOKEN: &str = "GORGIAS_ACCESS_TOKEN";
const BASE_URL: &str = "GORGIAS_BASE_URL";

const USER_AGENT: &str = concat!("gorgias-cli/", env!("CARGO_PKG_VERSION"));

#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionArguments {
    #[command(flatten)]
    flags: InheritedFlags,

    /// Fill the emulator of --emulator first: a JSON file (- for standard input) with
    /// an array of tickets as the API returns them, or of request bodies; or an object
    /// of such arrays, as the emulator command takes it
    #[arg(long, value_name = "FILE")]
    load: Option<Input>,

    /// Send to another address, which then gets the credentials: https, or
    /// http on a loopback address such as http://127.0.0.1:8080
    /// [env: GORGIAS_BASE_URL]
    #[arg(long, value_name = "URL", conflicts_with = "emulator")]
    base_url: Option<String>,
}

// The flags that may stand before the command as well as after it. A command without a
// connection refuses them. This is no doc comment, because clap would show a doc
// comment as the description of the command.
#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionFlags {
    /// Talk to an emulator inside this process, which needs no account and
    /// forgets everything when the command ends
    #[arg(long, global = true)]
    emulator: bool,

    /// How long a call may take in all, retries included, such as 30s or 2m; the
    /// wait for the rate limit doesn't count
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration::parse)]
    timeout: Option<Duration>,

    /// Log requests, waits and retries on standard error, without bodies
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// The flags as a command with a connection reads them. `Arguments` declares them as
/// global, so the command doesn't declare them again.
struct InheritedFlags(ConnectionFlags);

impl FromArgMatches for InheritedFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        ConnectionFlags::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Args for InheritedFlags {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}

/// The flags of a command without a connection. The command accepts them, so that
/// [`ConnectionFlags::refuse`] can say why it can't use them, and its help leaves them
/// out.
pub(crate) struct HiddenFlags;

impl FromArgMatches for HiddenFlags {
    fn from_arg_matches(_: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self)
    }

    fn update_from_arg_matches(&mut self, _: &ArgMatches) -> Result<(), clap::Error> {
        Ok(())
    }
}

impl Args for HiddenFlags {
    fn augment_args(command: Command) -> Command {
        let flags = ConnectionFlags::augment_args(Command::new(""));
        flags.get_arguments().fold(command, |command, flag| {
            // clap may add the arguments of a command only when the command is run, and
            // then the command has the global flags already.
            let id = flag.get_id();
            let is_given = command.get_arguments().any(|given| given.get_id() == id);
            match is_given {
                true => command.mut_arg(id, |given| given.hide(true)),
                false => command.arg(flag.clone().hide(true)),
            }
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl ConnectionFlags {
    /// Fails if any of these flags was given, for a command that sends nothing.
    pub(crate) fn refuse(&self) -> Result<(), Failure> {
        let given = [
            (self.emulator, "--emulator"),
            (self.timeout.is_some(), "--timeout"),
            (self.verbose, "--verbose"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, flag)) => Err(Failure::invalid(format!(
                "{flag} has no effect here: this command talks to no helpdesk"
            ))),
            None => Ok(()),
        }
    }
}

/// The credentials of requests.
pub(crate) enum Login {
    ApiKey { email: String, key: String },
    AccessToken(String),
}

impl ConnectionArguments {
    /// Refuses arguments that contradict one another.
    fn check(&self) -> Result<(), Failure> {
        match (self.is_emulated(), &self.load, &self.base_url) {
            (false, Some(_), _) => Err(Failure::invalid("--load needs --emulator")),
            (true, _, Some(_)) => Err(Failure::invalid(
                "--emulator and --base-url can't be given together",
            )),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_emulated(&self) -> bool {
        self.flags.0.emulator
    }

    /// The e-mail address of the user who signs in. `None` with an access token.
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
        self.check()?;
        let builder = if self.is_emulated() {
            embedded::builder(self.load.as_ref())?
        } else {
            match (self.unsigned()?, login()?) {
                (Some((builder, _)), Some(login)) => signed(builder, login),
                (address, login) => return Err(missing(address.is_none(), login.is_none())),
            }
        };
        Ok(match self.flags.0.timeout {
            Some(timeout) => builder.operation_timeout(timeout).attempt_timeout(timeout),
            None => builder,
        })
    }

    /// The base URL that requests would go to, checked. None when no address is set.
    pub(crate) fn checked_base_url(&self) -> Result<Option<String>, Failure> {
        let Some((builder, url)) = self.unsigned()? else {
            return Ok(None);
        };
        // Building a client checks the address. The credentials don't matter for that.
        build(signed(builder, Login::AccessToken("none".to_owned())))?;
        Ok(Some(url))
    }

    /// Whether requests go to the helpdesk, so that its rate limit holds. An emulator
    /// or another server on this machine may have no limit.
    pub(crate) fn is_limited(&self) -> Result<bool, Failure> {
        self.check()?;
        // The client accepts http only for a loopback address.
        let is_http = |url: String| url.to_ascii_lowercase().starts_with("http:");
        Ok(!self.is_emulated() && !self.base_url()?.is_some_and(is_http))
    }

    fn base_url(&self) -> Result<Option<String>, Failure> {
        match &self.base_url {
            Some(url) => Ok(Some(url.clone())),
            None => variable(BASE_URL),
        }
    }

    /// The builder of a client without credentials, and its base URL. None when no
    /// address is set.
    fn unsigned(&self) -> Result<Option<(ClientBuilder, String)>, Failure> {
        self.check()?;
        if let Some(url) = self.base_url()? {
            // The user of the command has named the host, so every host is allowed.
            let builder = Client::builder("").danger_base_url(&url);
            return Ok(Some((builder, url.trim_end_matches('/').to_owned())));
        }
        let Some(text) = variable(SUBDOMAIN)? else {
            return Ok(None);
        };
        // The whole address of the helpdesk is accepted too, because people paste it.
        let name = Subdomain::parse_lenient(&text)
            .map_err(|error| Failure::invalid(format!("{SUBDOMAIN}: {error}")))?;
        let url = format!("https://{}", name.host());
        Ok(Some((Client::builder(name.as_str()), url)))
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

/// The credentials in the variables of the environment, if they are complete.
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

/// The value of a variable of the environment, unless it is empty. The value may be
/// secret, so no error repeats it.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Failure::invalid(format!("{name} is not UTF-8 text")))
        }
    }
}
