//! `gorgias manual`.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::connection::HiddenFlags;
use crate::failure::Failure;

const AFTER_HELP: &str = "\
Examples:
  gorgias manual ~/.local/share/man/man1 && man gorgias-ticket-create";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ManualArguments {
    #[command(flatten)]
    _connection: HiddenFlags,

    /// The folder, which must exist; pages there are replaced
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &ManualArguments, line: Command) -> Result<(), Failure> {
    let mut command = line.disable_help_subcommand(true);
    command.build();
    write_pages(&command, &arguments.folder).map_err(|error| {
        let folder = arguments.folder.display();
        Failure::invalid(format!("the pages can't be written to {folder}: {error}"))
    })
}

/// Writes the manual pages of a command and of its subcommands.
fn write_pages(command: &Command, folder: &Path) -> io::Result<()> {
    for command in command.get_subcommands() {
        write_pages(command, folder)?;
    }
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    // `.nf` keeps the lines of examples and tables as they are. Otherwise `man` would
    // join and hyphenate them, and they couldn't be copied.
    let page = String::from_utf8_lossy(&page).replace(".SH EXTRA\n", ".SH EXTRA\n.nf\n");
    fs::write(folder.join(man.get_filename()), page)
}
