//! `gorgias completions`.

use clap::Args;
use clap_complete::{Shell, generate};

use crate::connection::HiddenFlags;
use crate::failure::Failure;
use crate::output::print;

const AFTER_HELP: &str = "\
Examples:
  gorgias completions bash > ~/.local/share/bash-completion/completions/gorgias
  gorgias completions zsh > ~/.zfunc/_gorgias
  gorgias completions fish > ~/.config/fish/completions/gorgias.fish";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CompletionsArguments {
    #[command(flatten)]
    _connection: HiddenFlags,

    /// The shell
    shell: Shell,
}

pub(super) fn run(
    arguments: &CompletionsArguments,
    mut line: clap::Command,
) -> Result<(), Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut line, "gorgias", &mut script);
    print(script)
}
