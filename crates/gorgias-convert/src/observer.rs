//! Watching a conversion.

use std::collections::BTreeMap;
use std::io;

use crate::error::Error;
use crate::{Notice, NoticeKind};

/// Is told how far a conversion has come and what it changed or left out.
///
/// `()` is one that isn't interested.
pub trait Observer {
    /// More bytes of the input were read. A file may be read twice.
    fn read(&self, bytes: u64) {
        let _ = bytes;
    }

    /// Something was changed, left out, or is worth a look.
    ///
    /// # Errors
    ///
    /// One ends the conversion.
    fn notice(&self, notice: &Notice) -> io::Result<()> {
        let _ = notice;
        Ok(())
    }

    /// The address of an attachment or an inline image in the source, each
    /// told once.
    ///
    /// # Errors
    ///
    /// One ends the conversion.
    fn address(&self, url: &str) -> io::Result<()> {
        let _ = url;
        Ok(())
    }
}

impl Observer for () {}

/// Tells the observer of notices, and counts them.
pub(crate) struct Reporter<'o> {
    pub(crate) observer: &'o dyn Observer,
    pub(crate) counts: BTreeMap<NoticeKind, u64>,
}

impl Reporter<'_> {
    pub(crate) fn tell(&mut self, notice: &Notice) -> Result<(), Error> {
        let count = self.counts.entry(notice.kind).or_default();
        *count = count.saturating_add(notice.count.unwrap_or(1));
        self.observer.notice(notice).map_err(Error::observer)
    }
}
