//! Going through the values of a file.

use std::path::Path;

use crate::error::Error;
use crate::input::{Item, Json, Names, Splitter, open, parse};
use crate::observer::Observer;
use crate::{Notice, NoticeKind};

/// Hands each value of a file to `take`, which returns a problem if the value
/// can't be used. The observer is told of these; returns how many they are.
pub(super) fn for_each(
    path: &Path,
    names: Names,
    observer: &dyn Observer,
    mut take: impl FnMut(Item<'_>) -> Result<Result<(), String>, Error>,
) -> Result<u64, Error> {
    let mut unreadable = 0_u64;
    let mut splitter = Splitter::new(open(path, observer)?, names);
    while let Some(item) = splitter.next().map_err(|error| Error::read(path, error))? {
        let line = item.line;
        if let Err(problem) = take(item)? {
            unreadable = unreadable.saturating_add(1);
            let notice = Notice::new(NoticeKind::Unreadable, problem).line(line);
            observer.notice(&notice).map_err(Error::observer)?;
        }
    }
    Ok(unreadable)
}

/// The value of an item, or why there is none. `mended` holds its text where
/// that had to be mended.
pub(super) fn value<'t>(item: &Item<'t>, mended: &'t mut String) -> Result<Json<'t>, String> {
    let parsed = parse(item.content?, mended).map_err(|error| error.to_string());
    parsed.map(|(value, _)| value)
}
