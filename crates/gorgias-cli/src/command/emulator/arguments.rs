//! The arguments of `gorgias emulator`.

use std::error::Error as _;

use clap::Args;
use gorgias_emulator::{FaultRule, ParseFaultRuleError, RateLimit, catalogue, operations};

use crate::connection::HiddenFlags;
use crate::input::Input;
use crate::values::Pair;

const AFTER_HELP: &str = "\
The first line on standard output is the base URL; with --admin-port, the
second is the address for commands. Each request is logged to standard error:
time, status, method, path and user agent. Ctrl-C stops it.

This is not Gorgias: it forgets everything when it stops, sends no e-mail and
forwards nothing.

Examples:
  gorgias emulator --port 8080 --limit off
  export GORGIAS_BASE_URL=http://127.0.0.1:8080
  export GORGIAS_EMAIL=agent@acme.example GORGIAS_API_KEY=anything
  gorgias ticket create --from jane@example.com --text 'Hello.'

  # Every tenth answer to a create is lost, and its ticket comes 5 s later.
  gorgias emulator --fault F7,operation=create_ticket,probability=0.1,applied=5s";

#[derive(Args)]
#[command(after_help = AFTER_HELP, after_long_help = after_long_help())]
pub(crate) struct EmulatorArguments {
    #[command(flatten)]
    _connection: HiddenFlags,

    /// The port on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 0)]
    pub(super) port: u16,

    /// Derive ids and everything random from this number, and start the
    /// clock at 2026-01-05T09:00:00Z in place of now
    #[arg(long, value_name = "NUMBER")]
    pub(super) seed: Option<u64>,

    /// The account's rate limit: calls per seconds, or off
    #[arg(long, value_name = "CALLS/SECONDS|off", default_value = "40/20", value_parser = limit)]
    pub(super) limit: Limit,

    /// Start with the contents of a JSON file (- for standard input): an array of
    /// tickets as the API returns them, or of request bodies; or an object of
    /// such arrays: tickets, customers, users, teams, tags, custom_fields,
    /// integrations, views, satisfaction_surveys
    #[arg(long, value_name = "FILE")]
    pub(super) load: Option<Input>,

    /// Accept only this e-mail address and API key; may be given several times. By
    /// default any credentials that are not empty are accepted
    #[arg(long, value_name = "EMAIL:KEY", value_parser = credentials)]
    pub(super) credentials: Vec<Pair>,

    /// Enrich a new ticket within two seconds, as the service does: detect its
    /// language and intents, and move updated_datetime
    #[arg(long)]
    pub(super) enrich: bool,

    /// Accept e-mail messages whose source doesn't say where they came from and
    /// where they went. People who tried the service say that it refuses them
    #[arg(long)]
    pub(super) accept_email_without_source: bool,

    /// Accept whatever the service is not known to refuse: unknown keys, tags as
    /// strings, datetimes without an offset, and more
    #[arg(long)]
    pub(super) lenient: bool,

    /// Inject a fault, as in F7,nth=3; may be given several times.
    /// --help lists the faults
    #[arg(long, value_name = "RULE", value_parser = fault_rule)]
    pub(super) fault: Vec<FaultRule>,

    /// Accept commands on another port of 127.0.0.1, such as POST
    /// /_emulator/faults; 0 picks a free one
    #[arg(long, value_name = "PORT")]
    pub(super) admin_port: Option<u16>,
}

/// The rate limit, if there is one. This alias hides the `Option` from clap, which
/// would otherwise treat the field as an argument that may be missing.
type Limit = Option<RateLimit>;

/// Reads the value of `--limit`.
fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "off" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|error| format!("{error}, or off")),
    }
}

/// Reads the e-mail address and the key in the value of `--credentials`.
fn credentials(text: &str) -> Result<Pair, &'static str> {
    match text.split_once(':') {
        Some((email, key)) if !email.is_empty() && !key.is_empty() => {
            Ok((email.to_owned(), key.to_owned()))
        }
        _ => Err("expected an e-mail address and a key, as in agent@acme.example:key"),
    }
}

/// Reads the value of `--fault`.
fn fault_rule(text: &str) -> Result<FaultRule, String> {
    text.parse().map_err(|error: ParseFaultRuleError| {
        let cause = error.source().map(|cause| format!(": {cause}"));
        format!("{error}{}", cause.unwrap_or_default())
    })
}

/// Returns the text after the long help: the text after the short help, the settings of
/// a fault, all operations and all faults.
fn after_long_help() -> String {
    let mut text = format!(
        "{AFTER_HELP}\n\n\
         A fault is given by its number or name, with settings after it:\n  \
         operation=create_ticket, external-id=shop-1, nth=3, times=2, times=always,\n  \
         probability=0.1                              when it happens; once by default\n  \
         after=30s, for=2m, every=10m                 when it starts, how long, how often\n  \
         applied=never, applied=at-once, applied=5s,\n  \
         applied=when-over                            when the request is applied\n  \
         twice, latency=200ms, response-latency=1s, visibility-lag=5s, hold=2s,\n  \
         retry-after=5\n\nOperations:\n"
    );
    for operation in operations() {
        let (id, method, path) = (operation.id, operation.method, operation.path);
        let not = match operation.is_served {
            true => "",
            false => " (answered 501)",
        };
        text += &format!("  {id:<36} {method:<6} {path}{not}\n");
    }
    text += "\nFaults:\n";
    for fault in catalogue() {
        let (id, name, summary) = (fault.id(), fault.name(), fault.summary());
        text += &format!("  {id:<14} {name:<22} {summary}\n");
    }
    text
}
