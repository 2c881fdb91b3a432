//! `gorgias import`.

mod arguments;
mod ending;
mod numbers;
mod progress;
mod rate;
mod report;
mod source;
mod state;
mod summary;
mod wrapping;

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use gorgias::ClientBuilder;
use gorgias_import::{Ended, Halted, Import, Rules, Summary};
use gorgias_journal::SqliteJournal;
use tokio::io::AsyncBufRead;

pub(crate) use self::arguments::ImportArguments;
use self::progress::ImportProgress;
use self::report::Watcher;
use self::source::Source;
use crate::command::files::refuse_same;
use crate::command::reporting::ReportFile;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Format, note, print};
use crate::signals::Stop;

pub(super) async fn run(arguments: ImportArguments) -> Result<(), Failure> {
    if arguments.schema {
        return print(Rules::schema());
    }
    let rules = arguments.rules()?;
    // Opening a pipe waits for its writer, so the journal is checked first.
    let journal_path = match arguments.dry_run {
        true => None,
        false => Some(arguments.journal()?),
    };
    let path = journal_path.as_ref().map(|journal| journal.path.as_path());
    check_files(&arguments, path)?;
    let Source { input, lines } = source::open(arguments.path()).await?;
    let is_limited = arguments.connection.is_limited()?;
    let (import, journal) = match path {
        Some(path) => {
            // The client is configured first, so that a failure leaves no new journal
            // behind.
            let client = arguments.connection.builder()?;
            let journal = open_journal(path)?;
            let import = import(&arguments, client, rules.clone(), Arc::clone(&journal));
            let import = arguments.rate.set(import, is_limited);
            let import = lines.into_iter().fold(import, Import::expected_lines);
            (Some(import), Some(journal))
        }
        None => (None, None),
    };
    // The report of an earlier run is overwritten only when nothing can stop this run
    // from starting.
    let report = ReportFile::create(arguments.report.as_deref())?;
    if let (Some(lines @ 1..), false) = (lines, arguments.dry_run) {
        note(&arguments.rate.estimate(lines, is_limited));
    }
    let mut watcher = Watcher::new(report, ImportProgress::new(lines, arguments.dry_run));
    let ended = match import {
        Some(import) => watch_for_signals(import, input, &mut watcher).await,
        None => Ok(rules.dry_run(input, &mut watcher).await),
    };
    let finished = watcher.finish();
    close(journal);
    let (summary, failure) = match ended? {
        Ok(summary) => {
            let failure = ending::of_summary(&summary, &arguments).err();
            (summary, failure)
        }
        Err(halted) => {
            let failure = ending::of_halted(&halted, &arguments);
            (halted.summary().clone(), Some(failure))
        }
    };
    if summary.ended == Ended::Complete && summary.total == 0 {
        note("the input has no lines, so there was nothing to do");
    }
    let valid = summary.valid.filter(|valid| *valid > 0);
    if let Some(valid) = valid {
        let estimate = arguments.rate.estimate(valid, is_limited);
        note(&format!("to import: {estimate}"));
    }
    let time = valid.and_then(|valid| arguments.rate.time(valid, is_limited));
    let printed = print_summary(&summary, time, arguments.output.format()).and(finished);
    // The outcome of the import matters more than a failure to print it.
    match failure {
        Some(failure) => Err(failure),
        None => printed,
    }
}

/// Refuses an import that would overwrite its input or its journal. A run that has lost
/// its journal would send every ticket again.
fn check_files(arguments: &ImportArguments, journal: Option<&Path>) -> Result<(), Failure> {
    let (input, journal) = (("FILE", arguments.path()), ("the journal", journal));
    refuse_same(journal, &[input])?;
    refuse_same(("--report", arguments.report.as_deref()), &[input, journal])
}

/// How long the journal may take for its last writes.
const CLOSING: Duration = Duration::from_secs(3);

/// Closes the journal. Another process may have locked it, and a user who stops an
/// import shouldn't wait for the lock. So this waits at most [`CLOSING`], and the end
/// of this process closes the journal at the latest.
fn close(journal: Option<Arc<SqliteJournal>>) {
    let (closed, wait) = mpsc::channel();
    let thread = std::thread::Builder::new().spawn(move || {
        drop(journal);
        // If sending fails, the receiver has given up waiting.
        let _ = closed.send(());
    });
    if thread.is_ok() {
        let _ = wait.recv_timeout(CLOSING);
    }
}

/// The import as the arguments describe it. Nothing is sent yet.
fn import(
    arguments: &ImportArguments,
    client: ClientBuilder,
    rules: Rules,
    journal: Arc<SqliteJournal>,
) -> Import {
    Import::new(client, journal)
        .rules(rules)
        .concurrency(arguments.concurrency.into())
        .patience(arguments.patience)
        .settle(arguments.settle.policy(&arguments.resend))
        .look_first(arguments.look_first)
        .audit(!arguments.no_audit)
}

fn open_journal(path: &Path) -> Result<Arc<SqliteJournal>, Failure> {
    SqliteJournal::open(path).map(Arc::new).map_err(|error| {
        let failure = Failure::invalid(error.to_string())
            .because(&error)
            .details([format!("the journal is {}", path.display())]);
        failure.hint(if path.exists() {
            "it holds what was sent if an earlier run used it, so make it usable and run this again"
        } else {
            "it doesn't exist yet; --journal names another place for it"
        })
    })
}

/// Runs the import. The first signal ends it in an orderly way, and the second one at
/// once.
async fn watch_for_signals(
    import: Import,
    input: Box<dyn AsyncBufRead + Send + Unpin>,
    watcher: &mut Watcher,
) -> Result<Result<Summary, Halted>, Failure> {
    let first = Stop::listen_for_hangup_too()?;
    let second = Stop::listen_for_hangup_too()?;
    let import = import.stop_on(async move {
        first.wait().await;
        note("stopping; a second signal stops at once");
    });
    tokio::select! {
        ended = import.run(input, watcher) => Ok(ended),
        () = second.wait_twice() => Err(Failure::new(
            Exit::InDoubt,
            "interrupted; tickets that were under way may exist",
        )
        .hint("run the command again to go on from here")),
    }
}

fn print_summary(summary: &Summary, time: Option<Duration>, format: Format) -> Result<(), Failure> {
    if format == Format::Text {
        return print(summary::text(summary));
    }
    let summary = serde_json::to_value(summary).map(|mut summary| {
        if let (Some(time), Some(members)) = (time, summary.as_object_mut()) {
            members.insert("estimated_s".to_owned(), time.as_secs().into());
        }
        summary.to_string()
    });
    let text = summary.map_err(|error| Failure::unexpected(error.to_string()))?;
    print(text + "\n")
}
