//! `gorgias convert`.

mod arguments;
mod ending;
mod files;
mod watcher;

use std::io::{self, BufWriter, IsTerminal as _};

use gorgias_convert::{Error, Map};

pub(crate) use self::arguments::ConvertArguments;
use self::watcher::Watcher;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::print;

pub(super) fn run(arguments: &ConvertArguments) -> Result<(), Failure> {
    files::check(arguments)?;
    // The input is read twice, so it has to be a file.
    let copy = match arguments.input.as_os_str() == "-" {
        true => Some(files::copy_of_stdin()?),
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
    ending::tell(&summary?, arguments)
}

fn map(arguments: &ConvertArguments) -> Result<Map, Failure> {
    let Some(path) = &arguments.map else {
        return Ok(Map::default());
    };
    let place = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::invalid(format!("{place} can't be read: {error}")))?;
    Map::from_toml(&text).map_err(|error| {
        Failure::invalid(format!("{place} is not a map")).details(
            error
                .to_string()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
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
