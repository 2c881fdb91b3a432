//! Asks for confirmation before an action that can't be undone.

use std::io::{self, BufRead, IsTerminal as _, Write};

use clap::Args;

use crate::failure::Failure;
use crate::printable;

#[derive(Args)]
pub(super) struct Confirmation {
    /// Don't ask for confirmation. Without a terminal the command needs this flag
    #[arg(short, long)]
    yes: bool,
}

impl Confirmation {
    /// Whether [`require`](Self::require) will ask the user. Callers look up the
    /// details of their question only then.
    pub(super) fn is_asked(&self) -> bool {
        !self.yes && has_terminal()
    }

    /// Fails unless `--yes` was given or the user confirms at the terminal. `what` is
    /// the action, as a sentence without its full stop.
    pub(super) fn require(&self, what: &str) -> Result<(), Failure> {
        if self.yes {
            return Ok(());
        }
        if !has_terminal() {
            return Err(
                Failure::invalid(format!("{what}; nothing was done")).hint("--yes confirms it")
            );
        }
        match ask(what, &mut io::stdin().lock(), &mut io::stderr()) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::invalid("not confirmed, nothing was done")),
            Err(error) => Err(Failure::unexpected(format!(
                "the answer can't be read: {error}"
            ))),
        }
    }
}

fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question and returns whether the answer is yes. Any other answer counts as
/// no.
fn ask(what: &str, input: &mut impl BufRead, output: &mut impl Write) -> io::Result<bool> {
    write!(output, "{}. Go on? [y/N] ", printable::line(what))?;
    output.flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    let answer = answer.trim();
    Ok(["y", "yes"]
        .iter()
        .any(|yes| answer.eq_ignore_ascii_case(yes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        for (answer, meant) in [
            ("y\n", true),
            ("Yes\r\n", true),
            ("", false),
            ("\n", false),
            ("n\n", false),
            ("yess\n", false),
        ] {
            let mut asked = Vec::new();
            let heard = ask(
                "this deletes x\u{1b}[2J",
                &mut answer.as_bytes(),
                &mut asked,
            );
            assert_eq!(heard.unwrap(), meant, "{answer:?}");
            assert_eq!(
                String::from_utf8(asked).unwrap(),
                "this deletes x\u{fffd}[2J. Go on? [y/N] "
            );
        }
    }
}
