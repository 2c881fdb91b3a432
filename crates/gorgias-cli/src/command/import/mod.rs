//! `gorgias import`.

mod arguments;
mod ending;
mod files;
mod progress;
mod report;

use std::path::Path;
use std::sync::Arc;

use gorgias::SettlePolicy;
use gorgias_import::{Halted, Import, Rules, Summary};
use gorgias_journal::SqliteJournal;
use tokio::io::{AsyncBufRead, BufReader};

pub(crate) use self::arguments::ImportArguments;
use self::progress::Display;
use self::report::{Report, Watcher};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::take_stdin;
use crate::output::{print, tell};
use crate::signals::Stop;

pub(super) async fn run(arguments: ImportArguments) -> Result<(), Failure> {
    let rules = arguments.rules()?;
    let (input, size) = open(&arguments).await?;
    let place = match arguments.dry_run {
        true => None,
        false => Some(arguments.journal()?),
    };
    let journal = place.as_ref().map(|place| place.path.as_path());
    files::check(&arguments, journal)?;
    let import = match journal {
        Some(journal) => Some(import(&arguments, rules.clone(), journal)?),
        None => None,
    };
    // What an earlier run reported is overwritten only now that this one can go
    // ahead.
    let report = Report::create(arguments.report.as_deref())?;
    let mut watcher = Watcher::new(report, Display::new(size, arguments.dry_run));
    let ended = match import {
        Some(import) => watch_for_signals(import, input, &mut watcher).await?,
        None => rules.dry_run(input, &mut watcher).await,
    };
    let finished = watcher.finish();
    let (summary, halted) = match ended {
        Ok(summary) => (summary, None),
        Err(halted) => (halted.summary().clone(), Some(halted)),
    };
    show(&summary)?;
    finished?;
    match halted {
        Some(halted) => Err(ending::of_halted(&halted)),
        None => ending::of_summary(&summary, arguments.dry_run),
    }
}

/// The import as the arguments describe it. Nothing is sent yet.
fn import(arguments: &ImportArguments, rules: Rules, journal: &Path) -> Result<Import, Failure> {
    let client = arguments.connection.builder()?;
    let settle = SettlePolicy::default().waits(arguments.patience.waits());
    Ok(Import::new(client, open_journal(journal)?)
        .rules(rules)
        .concurrency(arguments.concurrency.into())
        .settle(settle)
        .audit(!arguments.no_audit))
}

type Input = Box<dyn AsyncBufRead + Send + Unpin>;

/// The input, and its size if it has one.
async fn open(arguments: &ImportArguments) -> Result<(Input, Option<u64>), Failure> {
    let Some(path) = arguments.path() else {
        take_stdin()?;
        return Ok((Box::new(BufReader::new(tokio::io::stdin())), None));
    };
    let unreadable = |error| Failure::invalid(format!("{} can't be read: {error}", path.display()));
    let file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    let metadata = file.metadata().await.map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Failure::invalid(format!("{} is a folder", path.display())));
    }
    let size = metadata.is_file().then_some(metadata.len());
    Ok((Box::new(BufReader::new(file)), size))
}

fn open_journal(path: &Path) -> Result<Arc<SqliteJournal>, Failure> {
    SqliteJournal::open(path).map(Arc::new).map_err(|error| {
        Failure::invalid(error.to_string())
            .because(&error)
            .details([format!("the journal is {}", path.display())])
            .hint("another journal can be named with --journal")
    })
}

/// Runs the import. Being asked to stop once ends it in an orderly way, and
/// twice at once.
async fn watch_for_signals(
    import: Import,
    input: Input,
    watcher: &mut Watcher,
) -> Result<Result<Summary, Halted>, Failure> {
    let first = Stop::listen()?;
    let second = Stop::listen()?;
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
