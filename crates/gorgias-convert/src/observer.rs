//! Watching a conversion.

use std::io;

use crate::Notice;

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
