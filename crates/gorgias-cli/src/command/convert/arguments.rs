//! The arguments of `gorgias convert`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use gorgias_convert::Conversion;

use crate::connection::HiddenFlags;

const AFTER_HELP: &str = "\
Standard output gets one ticket per line, in the order of INPUT, ready for
gorgias import. Nothing is sent, and no line would make the helpdesk e-mail a
customer: every message of an agent says when it was sent. Standard error counts
the values that were changed or left out, and the report lists each.

zendesk: the account's export as JSON, one ticket per line or in an array, or
pages of the incremental API, with users, organisations and comments in files of
their own. csv: a row is a ticket, or a message where the map names a column to
group them by.

Exit codes: 0 every ticket is in the output, or left out for a reason that the
summary gives; 3 some records could not be converted; 2 a file or the map is not
valid.

Examples:
  gorgias convert --from zendesk tickets.json --users users.json --template > map.toml
  gorgias convert --from zendesk tickets.json --users users.json --map map.toml \\
      --report convert.ndjson > tickets.ndjson
  gorgias convert --from csv conversations.csv --map map.toml > tickets.ndjson
  gorgias import tickets.ndjson --dry-run";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ConvertArguments {
    #[command(flatten)]
    _connection: HiddenFlags,

    /// The source of the export
    #[arg(long, value_enum, value_name = "SOURCE")]
    from: From,

    /// The file with the tickets (- for standard input)
    pub(super) input: PathBuf,

    /// A file with the users of the Zendesk account; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) users: Vec<PathBuf>,

    /// A file with the organisations of the Zendesk account; may be given several
    /// times
    #[arg(long, value_name = "FILE")]
    pub(super) organizations: Vec<PathBuf>,

    /// A file with the comments of the Zendesk account, if the tickets don't have
    /// them; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) comments: Vec<PathBuf>,

    /// The map of agents, teams, custom fields and other values, as TOML
    #[arg(long, value_name = "FILE")]
    pub(super) map: Option<PathBuf>,

    /// Print a map to be filled in, with every value and how often it occurs,
    /// in place of tickets
    #[arg(long)]
    pub(super) template: bool,

    /// Write a JSON object per line to this file for each value that was changed
    /// or left out; a file that exists is overwritten
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Write the addresses of attachments and inline images to this file, one
    /// per line; a file that exists is overwritten
    #[arg(long, value_name = "FILE")]
    pub(super) urls: Option<PathBuf>,

    /// Replace the addresses of files that were fetched into this folder by file:
    /// addresses, from which gorgias import --attachments upload uploads them. A file
    /// must be where wget --force-directories puts it, or at ID/NAME, ID-NAME or ID of
    /// the attachment
    #[arg(long, value_name = "FOLDER")]
    pub(super) files: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    Zendesk,
    Csv,
}

impl ConvertArguments {
    pub(super) fn is_csv(&self) -> bool {
        self.from == From::Csv
    }

    /// Returns the conversion that the arguments describe, without the map.
    pub(super) fn conversion(&self, input: &Path) -> Conversion {
        let conversion = match self.from {
            From::Zendesk => Conversion::zendesk(input),
            From::Csv => Conversion::csv(input),
        };
        let conversion = self.users.iter().fold(conversion, Conversion::users);
        let organizations = self.organizations.iter();
        let conversion = organizations.fold(conversion, Conversion::organizations);
        let conversion = self.comments.iter().fold(conversion, Conversion::comments);
        self.files.iter().fold(conversion, Conversion::files)
    }
}
