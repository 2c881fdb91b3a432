//! `gorgias import`.

mod arguments;
mod ending;
mod files;
mod lines;
mod progress;
mod report;

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use gorgias::ClientBuilder;
use gorgias_import::{Halted, Import, Rules, Summary};
use gorgias_journal::SqliteJournal;
use tokio::io::{AsyncBufRead, BufReader};

pub(crate) use self::arguments::ImportArguments;
use self::arguments::unreadable;
use self::progress::Display;
use self::report::{Report, Watcher};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::take_stdin;
use crate::output::{print, tell};
use crate::signals::Stop;

pub(super) async fn run(arguments: ImportArguments) -> Result<(), Failure> {
    let rules = arguments.rules()?;
    // Opening a pipe waits for whoever writes to it, so the journal comes first.
    let place = match arguments.dry_run {
        true => None,
        false => Some(arguments.journal()?),
    };
    let (input, size) = open(&arguments).await?;
    let path = place.as_ref().map(|place| place.path.as_path());
    files::check(&arguments, path)?;
    let (import, journal) = match path {
        Some(path) => {
            // An import that can't go ahead leaves no journal behind.
            let client = arguments.connection.builder()?;
            let journal = open_journal(path)?;
            let import = import(&arguments, client, rules.clone(), Arc::clone(&journal));
            (Some(import), Some(journal))
        }
        None => (None, None),
    };
    // What an earlier run reported is overwritten only now that this one can go
    // ahead.
    let report = Report::create(arguments.report.as_deref())?;
    let mut watcher = Watcher::new(report, Display::new(size, arguments.dry_run));
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
    let shown = show(&summary).and(finished);
    // What became of the tickets matters more than that it couldn't be shown.
    match failure {
        Some(failure) => Err(failure),
        None => shown,
    }
}

/// How long the journal may take to write the last of it.
const CLOSING: Duration = Duration::from_secs(3);

/// Closes the journal, and leaves it to the end of the process when another
/// process has it locked: nobody who stopped an import waits for that.
fn close(journal: Option<Arc<SqliteJournal>>) {
    let (closed, wait) = mpsc::channel();
    let thread = std::thread::Builder::new().spawn(move || {
        drop(journal);
        // Nobody waits any longer when this can't be told.
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
    let import = Import::new(client, journal)
        .rules(rules)
        .concurrency(arguments.concurrency.into())
        .patience(arguments.patience)
        .settle(arguments.settle.policy(&arguments.resend))
        .look_first(arguments.look_first)
        .audit(!arguments.no_audit);
    match arguments.path().and_then(lines::count) {
        Some(lines) => import.expected_lines(lines),
        None => import,
    }
}

type Input = Box<dyn AsyncBufRead + Send + Unpin>;

/// The input, and its size if it has one.
async fn open(arguments: &ImportArguments) -> Result<(Input, Option<u64>), Failure> {
    let Some(path) = arguments.path() else {
        take_stdin()?;
        return Ok((Box::new(BufReader::new(tokio::io::stdin())), None));
    };
    let failure = |error| unreadable(path, &error);
    let file = tokio::fs::File::open(path).await.map_err(failure)?;
    let metadata = file.metadata().await.map_err(failure)?;
    if metadata.is_dir() {
        return Err(Failure::invalid(format!("{} is a folder", path.display())));
    }
    let size = metadata.is_file().then_some(metadata.len());
    Ok((Box::new(BufReader::new(file)), size))
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

/// Runs the import. Being asked to stop once ends it in an orderly way, and
/// twice at once.
async fn watch_for_signals(
    import: Import,
    input: Input,
    watcher: &mut Watcher,
) -> Result<Result<Summary, Halted>, Failure> {
    let first = Stop::listen_for_hangup_too()?;
    let second = Stop::listen_for_hangup_too()?;
    let import = import.stop_on(async move {
        first.wait().await;
        tell("stopping; once more stops at once");
    });
    tokio::select! {
        ended = import.run(input, watcher) => Ok(ended),
        () = second.wait_twice() => Err(Failure::new(
            Exit::InDoubt,
            "interrupted; some tickets may exist that were under way",
        )
        .hint("the same command goes on from here")),
    }
}

fn show(summary: &Summary) -> Result<(), Failure> {
    let text = serde_json::to_string(summary);
    let text = text.map_err(|error| Failure::new(Exit::Unexpected, error.to_string()))?;
    print(text + "\n")
}
