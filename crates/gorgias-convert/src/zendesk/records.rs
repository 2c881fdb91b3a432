//! Reads the values of a file one by one.

use std::path::Path;

use crate::error::Error;
use crate::input::{Item, Json, Names, Splitter, open, parse};
use crate::observer::Reporter;
use crate::{Notice, NoticeKind};

/// Calls `take` with each value of a file. `take` returns a problem if the value can't be
/// used, and the problem becomes a notice.
pub(super) fn for_each(
    path: &Path,
    names: Names,
    reporter: &mut Reporter<'_>,
    mut take: impl FnMut(Item<'_>) -> Result<Result<(), String>, Error>,
) -> Result<(), Error> {
    let mut splitter = Splitter::new(open(path, reporter.observer)?, names);
    while let Some(item) = splitter.next().map_err(|error| Error::read(path, error))? {
        let line = item.line;
        if let Err(problem) = take(item)? {
            reporter.report(&Notice::new(NoticeKind::Unreadable, problem).line(line))?;
        }
    }
    Ok(())
}

/// Returns the value of an item, and whether its text had to be repaired. The repaired
/// text is put into `mended`. The error is the reason why the item can't be read.
pub(crate) fn parsed<'t>(
    item: &Item<'t>,
    mended: &'t mut String,
) -> Result<(Json<'t>, bool), String> {
    parse(item.content?, mended).map_err(|error| error.to_string())
}
