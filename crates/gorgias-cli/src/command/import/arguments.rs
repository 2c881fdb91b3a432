//! The arguments of `gorgias import`.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use gorgias_import::{InvalidRules, Rules};
use tempfile::TempDir;

use super::rate::Rate;
use crate::command::settle_arguments::{ResendArguments, SettleTimeArguments};
use crate::connection::ConnectionArguments;
use crate::duration;
use crate::failure::Failure;
use crate::output::OutputArguments;

const AFTER_HELP: &str = "\
Each line of FILE is the body of a ticket as the API takes it, on one line, with
an external_id that no other ticket has. The tickets are created at the whole
rate limit of the account, each of them once: whatever ends the command, another
run with the same journal goes on where it was. Lines that are not valid are
reported, and the others are sent.

In an outage sending stops, and goes on when the service works again. Lines whose
tickets may exist are in doubt: another run looks for them, and sends them again
only with --resend-after.

With --attachments upload, files are uploaded, only from one folder: lines hold
text that strangers wrote. If it isn't known whether a file was uploaded, it is
uploaded again, and the service may keep it twice.

Rules and auto-replies of the helpdesk act on imported tickets as on any other.
Messages that it would send to customers need --allow-sending.

Standard output gets a summary: JSON when it is not a terminal or with --json, a
short page on a terminal. It says how the command ended, and how many lines were
not read. Exit codes: 0 every line is settled, 3 some were rejected, 4 some are in
doubt or missing at the end, 1 a ticket exists twice; 5 if the command ended early,
and 1 to 4 as everywhere if it could not go on at all. With --dry-run 2 if a line is
not valid.

Examples:
  gorgias import tickets.ndjson --dry-run
  gorgias import tickets.ndjson --report outcome.ndjson
  gorgias import tickets.ndjson --external-id-prefix zendesk
  jq -c '.tickets[]' export.json | gorgias import - --journal import.journal";

/// The action for attachments that are files of this machine.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Attachments {
    /// Upload each file once, and write its new address into the ticket
    Upload,
}

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ImportArguments {
    /// The file with one request body per line (- for standard input), or with a
    /// JSON array of them; either may be compressed with gzip
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,

    /// Only print the JSON Schema of a line, for editors and validators
    #[arg(long, exclusive = true)]
    pub(super) schema: bool,

    /// Keep the journal of what was sent in this file; by default in FILE.journal
    /// beside the input, or beside the file that FILE links to. With --emulator no
    /// journal is kept by default
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,

    /// Write the outcome of each line to this file, as one JSON object per line;
    /// a file that exists is overwritten
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Make the external id of lines without one from this prefix and a
    /// field: PREFIX:VALUE
    #[arg(long, value_name = "PREFIX")]
    external_id_prefix: Option<String>,

    /// The field for --external-id-prefix: a member of the line, which then isn't sent,
    /// or a JSON pointer to a value, which is sent too
    #[arg(
        long,
        value_name = "FIELD",
        default_value = "id",
        requires = "external_id_prefix"
    )]
    external_id_field: String,

    /// Look every line up before it is sent, with one more request for each.
    /// Otherwise the helpdesk's list is read if that is cheap. If not, a sample of
    /// the lines is looked up, and every line is checked once a ticket is found
    /// that the journal doesn't know
    #[arg(long)]
    pub(super) look_first: bool,

    /// Let the helpdesk send customers the messages of agents that don't say with
    /// sent_datetime when they were sent
    #[arg(long)]
    allow_sending: bool,

    /// Upload attachments with file: addresses, as convert --files writes them; without
    /// this flag they are refused. Each file is uploaded once, and the journal
    /// remembers its address
    #[arg(long, value_name = "ACTION")]
    attachments: Option<Attachments>,

    /// With --attachments: the folder that the files must be in; by default that of
    /// FILE
    #[arg(long, value_name = "DIR", requires = "attachments")]
    files: Option<PathBuf>,

    /// How many tickets may be under way at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 16,
          value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) concurrency: u16,

    /// How fast to send: a number of requests in a number of seconds, such as 40/20;
    /// auto, at the limit that the service reports; or off, without a limit. With auto,
    /// requests to an emulator or another server on this machine are limited only if it
    /// reports a limit
    #[arg(long, value_name = "REQUESTS/SECONDS|auto|off", default_value = "auto")]
    pub(super) rate: Rate,

    /// How long to wait for a service that is out of reach or out of order, such as
    /// 90s, 15m or 2h, before the import ends without sending the rest
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = duration::parse)]
    pub(super) patience: Duration,

    /// Check every line in place of sending it; needs no account
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Leave out the comparison with the helpdesk's list at the end
    #[arg(long)]
    pub(super) no_audit: bool,

    #[command(flatten)]
    pub(super) settle: SettleTimeArguments,

    #[command(flatten)]
    pub(super) resend: ResendArguments,

    #[command(flatten)]
    pub(super) connection: ConnectionArguments,

    #[command(flatten)]
    pub(super) output: OutputArguments,
}

impl ImportArguments {
    /// The file, unless it is standard input.
    pub(super) fn path(&self) -> Option<&Path> {
        self.file.as_deref().filter(|file| file.as_os_str() != "-")
    }

    pub(super) fn rules(&self) -> Result<Rules, Failure> {
        let mut rules = Rules::new().allow_sending(self.allow_sending);
        if let Some(Attachments::Upload) = self.attachments {
            rules = rules.upload_files(self.folder()?);
        }
        match &self.external_id_prefix {
            None => Ok(rules),
            Some(prefix) => rules
                .derive_ids(prefix, &self.external_id_field)
                .map_err(|error| {
                    let argument = match error {
                        InvalidRules::Field => "--external-id-field",
                        _ => "--external-id-prefix",
                    };
                    Failure::invalid(format!("{argument}: {error}"))
                }),
        }
    }

    /// The folder that files are uploaded from.
    fn folder(&self) -> Result<PathBuf, Failure> {
        let beside = || self.path()?.parent().map(Path::to_owned);
        let folder = self.files.clone().or_else(beside).unwrap_or_default();
        // The parent of a path that is only a file name is empty.
        let folder = match folder.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => folder,
        };
        match folder.is_dir() {
            true => Ok(folder),
            false => Err(Failure::invalid(format!(
                "{} is no folder",
                folder.display()
            ))),
        }
    }

    /// The path of the journal. With `--emulator` it is in a temporary folder, because
    /// the emulator's account ends with the command. A journal beside the input would
    /// be used by a later import into the helpdesk.
    pub(super) fn journal(&self) -> Result<JournalPath, Failure> {
        let mut folder = None;
        let path = match (&self.journal, self.path()) {
            (Some(path), _) => path.clone(),
            (None, _) if self.connection.is_emulated() => {
                let temporary = TempDir::new().map_err(|error| {
                    Failure::unexpected("there is no place for a journal").because(&error)
                })?;
                folder.insert(temporary).path().join("journal")
            }
            (None, Some(input)) if is_stream(input) => {
                return Err(needs_journal(&input.display().to_string()));
            }
            (None, Some(input)) => {
                // An input has one journal, however many links lead to it.
                let input =
                    fs::canonicalize(input).map_err(|error| unreadable(input.display(), &error))?;
                let mut beside = input.into_os_string();
                beside.push(".journal");
                PathBuf::from(beside)
            }
            (None, None) => return Err(needs_journal("standard input")),
        };
        Ok(JournalPath {
            path,
            _folder: folder,
        })
    }
}

/// Whether a path leads to a pipe, which can be read only once, or to a descriptor such
/// as `/dev/stdin`, which is another file in another process.
fn is_stream(input: &Path) -> bool {
    let path = std::path::absolute(input).unwrap_or_else(|_| input.to_owned());
    let is_descriptor = path.starts_with("/dev") || path.starts_with("/proc");
    let metadata = fs::metadata(input);
    is_descriptor || metadata.is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn needs_journal(input: &str) -> Failure {
    Failure::invalid(format!("an import of {input} needs --journal"))
        .hint("without a journal that is kept, the import could not be run again safely")
}

pub(super) fn unreadable(input: impl Display, error: &std::io::Error) -> Failure {
    Failure::invalid(format!("{input} can't be read: {error}"))
}

/// The path of a journal, and its temporary folder, if it has one. Dropping this value
/// deletes the folder.
pub(super) struct JournalPath {
    pub(super) path: PathBuf,
    _folder: Option<TempDir>,
}
