//! The interface for watching a conversion.

use std::collections::BTreeMap;
use std::io;

use crate::error::Error;
use crate::{Notice, NoticeKind};

/// Watches a conversion. Each method does nothing by default.
///
/// `()` is an observer that does nothing.
pub trait Observer {
    /// Called each time bytes of a file are read, with their number. A file may be read
    /// twice.
    fn read(&self, bytes: u64) {
        let _ = bytes;
    }

    /// Called with each notice.
    ///
    /// # Errors
    ///
    /// An error ends the conversion.
    fn notice(&self, notice: &Notice) -> io::Result<()> {
        let _ = notice;
        Ok(())
    }

    /// Called once with each address of an attachment or an inline image in the source.
    ///
    /// # Errors
    ///
    /// An error ends the conversion.
    fn address(&self, url: &str) -> io::Result<()> {
        let _ = url;
        Ok(())
    }
}

impl Observer for () {}

/// Passes notices on to the observer, and counts them.
pub(crate) struct Reporter<'o> {
    pub(crate) observer: &'o dyn Observer,
    pub(crate) counts: BTreeMap<NoticeKind, u64>,
}

impl Reporter<'_> {
    pub(crate) fn report(&mut self, notice: &Notice) -> Result<(), Error> {
        let count = self.counts.entry(notice.kind).or_default();
        *count = count.saturating_add(notice.count.unwrap_or(1));
        self.observer.notice(notice).map_err(Error::observer)
    }
}
