//! The exit code and the error of an import that has ended.

use gorgias::ErrorKind;
use gorgias_import::{Halted, Reason, Summary};

use super::arguments::ImportArguments;
use crate::exit::Exit;
use crate::failure::Failure;

const GO_ON: &str = "run the command again to go on from here";

/// The hint for lines in doubt. It names `--resend-after` if that isn't given.
fn look_again(arguments: &ImportArguments) -> &'static str {
    if arguments.resend.is_given() {
        "run the command again to look for them"
    } else {
        "run the command again to look for them; it sends none of them twice. With --resend-after \
         1d it sends those again whose last attempt is a day old and that still aren't found, which \
         assumes that the service applies nothing that late"
    }
}

const JOURNAL: &str = "the journal holds what was sent: once it can be read and written again, \
                       run the command again to go on from here";

/// The result of an import or a dry run that got to its end.
pub(super) fn of_summary(summary: &Summary, arguments: &ImportArguments) -> Result<(), Failure> {
    let missing = summary.missing.unwrap_or_default();
    let duplicates = summary.duplicates.unwrap_or_default();
    if summary.in_doubt > 0 || missing > 0 {
        return Err(Failure::new(
            Exit::InDoubt,
            format!("{} in doubt, {missing} missing", summary.in_doubt),
        )
        .hint(look_again(arguments)));
    }
    if duplicates > 0 {
        return Err(Failure::unexpected(format!(
            "{duplicates} external ids have several tickets"
        )));
    }
    if summary.rejected > 0 {
        let (rejected, total) = (summary.rejected, summary.total);
        return Err(if arguments.dry_run {
            Failure::invalid(format!("{rejected} of {total} lines are not valid"))
        } else {
            let problem = format!("{rejected} of {total} lines were rejected");
            Failure::new(Exit::Rejected, problem)
                .hint("once they are corrected, run the command again; it sends only these")
        });
    }
    Ok(())
}

/// The failure of an import that ended early.
pub(super) fn of_halted(halted: &Halted, arguments: &ImportArguments) -> Failure {
    let ended = |exit| Failure::new(exit, halted.to_string()).because(halted);
    let (failure, hint) = match halted.reason() {
        Reason::Client(error) if error.kind() == ErrorKind::Journal => {
            (Failure::of_write(error), JOURNAL)
        }
        Reason::Journal(_) => (ended(Exit::NotSent), JOURNAL),
        Reason::Stopped => (Failure::new(Exit::NotSent, "stopped before the end"), GO_ON),
        Reason::Client(error) => (Failure::of_write(error), GO_ON),
        Reason::RefusesAll(error) => (
            Failure::of_write(error).details([halted.to_string()]),
            "perhaps the credentials don't allow creating tickets, or a quota is used up; run the \
             command again to go on from here",
        ),
        Reason::Outage(_) | Reason::NoEvidence(_) => (ended(Exit::NotSent), GO_ON),
        Reason::NeverReached(_) => (
            ended(Exit::NotSent),
            "check the address and the network, and run the command again to go on from here",
        ),
        Reason::Input(_) => (ended(Exit::Invalid), GO_ON),
        _ => (ended(Exit::Unexpected), GO_ON),
    };
    // Tickets that may exist matter more than the reason for the end.
    let failure = match halted.summary().in_doubt {
        0 => failure,
        count => failure
            .exiting(Exit::InDoubt)
            .details([format!("{count} in doubt: {}", look_again(arguments))]),
    };
    failure.hint(hint)
}
