//! `gorgias convert`.

mod arguments;
mod watcher;

use std::io::{self, BufWriter, IsTerminal as _, Write as _};

use gorgias_convert::{Error, Map, NoticeKind, Summary};
use tempfile::NamedTempFile;

pub(crate) use self::arguments::ConvertArguments;
use self::watcher::Watcher;
use crate::command::files::{NamedFile, refuse_same};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::take_stdin;
use crate::output::{note, print};

pub(super) fn run(arguments: &ConvertArguments) -> Result<(), Failure> {
    check(arguments)?;
    // The input is read twice, so it has to be a file.
    let copy = match arguments.input.as_os_str() == "-" {
        true => Some(copy_of_stdin()?),
        false => None,
    };
    let input = copy
        .as_ref()
        .map_or(arguments.input.as_path(), |copy| copy.path());
    let conversion = arguments.conversion(input).map(map(arguments)?);
    let size = conversion
        .size()
        .map_err(|error| Failure::invalid(format!("the input can't be read: {error}")))?;
    let watcher = Watcher::new(arguments, size, io::stdout().is_terminal())?;
    if arguments.template {
        let template = conversion.template(&watcher).map_err(failed)?;
        watcher.finish()?;
        return print(template);
    }
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let summary = conversion.run(&mut output, &watcher).map_err(failed);
    watcher.finish()?;
    print_summary(&summary?, arguments)
}

/// Refuses arguments that contradict one another, and an output file that is also an
/// input.
fn check(arguments: &ConvertArguments) -> Result<(), Failure> {
    let mut read: Vec<NamedFile<'_>> = Vec::new();
    for (name, paths) in [
        ("--users", &arguments.users),
        ("--organizations", &arguments.organizations),
        ("--comments", &arguments.comments),
    ] {
        if arguments.is_csv() && !paths.is_empty() {
            let problem = format!("{name} is for --from zendesk; a CSV file has all in one");
            return Err(Failure::invalid(problem));
        }
        read.extend(paths.iter().map(|path| (name, Some(path.as_path()))));
    }
    if let Some(folder) = arguments.files.as_deref().filter(|folder| !folder.is_dir()) {
        let problem = format!("--files {} is no folder", folder.display());
        return Err(Failure::invalid(problem));
    }
    let urls = ("--urls", arguments.urls.as_deref());
    read.push(("--map", arguments.map.as_deref()));
    read.push(("INPUT", Some(arguments.input.as_path())));
    refuse_same(urls, &read)?;
    read.push(urls);
    refuse_same(("--report", arguments.report.as_deref()), &read)
}

/// Copies standard input to a temporary file.
fn copy_of_stdin() -> Result<NamedTempFile, Failure> {
    take_stdin()?;
    let failed =
        |error: io::Error| Failure::unexpected(format!("standard input can't be kept: {error}"));
    let mut file = NamedTempFile::new().map_err(failed)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(failed)?;
    Ok(file)
}

fn map(arguments: &ConvertArguments) -> Result<Map, Failure> {
    let Some(path) = &arguments.map else {
        return Ok(Map::default());
    };
    let place = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::invalid(format!("{place} can't be read: {error}")))?;
    Map::from_toml(&text).map_err(|error| {
        let details = error.to_string();
        let details = details.lines().map(str::to_owned);
        Failure::invalid(format!("{place} is not a map")).details(details)
    })
}

fn failed(error: Error) -> Failure {
    let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    if error.output_error().is_some_and(broken) {
        return Failure::reader_gone();
    }
    let exit = match error.is_input() {
        true => Exit::Invalid,
        false => Exit::Unexpected,
    };
    Failure::new(exit, error.to_string()).because(&error)
}

/// Prints the summary. Fails if records are missing in the output.
fn print_summary(summary: &Summary, arguments: &ConvertArguments) -> Result<(), Failure> {
    // A failed write to standard error is no failure of the conversion.
    let _ = io::stderr().write_all(summary_text(summary).as_bytes());
    if summary.files > 0 {
        note("gorgias import uploads the files with --attachments upload");
    }
    let unmapped = summary.notices.contains_key(&NoticeKind::Unmapped);
    if unmapped && arguments.map.is_none() {
        note("--template writes a map of the values, for --map");
    }
    let unknown = summary.notices.contains_key(&NoticeKind::UnknownAuthor);
    if unknown && !arguments.is_csv() && arguments.users.is_empty() {
        note("--users says who the authors are");
    }
    match summary.failures() {
        0 => Ok(()),
        failures => {
            let problem = format!("{failures} records are not in the output");
            let failure = Failure::new(Exit::Rejected, problem);
            Err(match arguments.report {
                Some(_) => failure.hint("the report names each"),
                None => failure.hint("--report names each"),
            })
        }
    }
}

fn summary_text(summary: &Summary) -> String {
    let Summary {
        tickets,
        lines,
        messages,
        notes,
        attachments,
        ..
    } = summary;
    let mut text = format!(
        "{tickets} tickets read, {lines} lines written: {messages} messages, of which {notes} \
         internal notes, and {attachments} attachments\n"
    );
    for (kind, count) in &summary.notices {
        text.push_str(&format!("{count:>9} {kind}\n"));
    }
    for (count, what) in [
        (
            summary.files,
            "addresses of files that were replaced by file: addresses",
        ),
        (
            summary.at_source,
            "addresses of files that are still at the source, and end with its account",
        ),
    ] {
        if count > 0 {
            text.push_str(&format!("{count:>9} {what}\n"));
        }
    }
    text
}
