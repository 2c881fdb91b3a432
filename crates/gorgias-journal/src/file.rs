//! The journal's file.

use std::fmt;
use std::io;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::schema;

/// Opens or makes the file, for its owner alone.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenError> {
    restrict(path).map_err(OpenError::new)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(OpenError::new)?;
    match schema::prepare(&mut connection).map_err(OpenError::new)? {
        Ok(()) => Ok(connection),
        Err(other) => Err(OpenError::new(other)),
    }
}

/// Makes sure that the file exists and that nobody else can read it, before
/// anything is in it. SQLite gives its companions the same mode.
fn restrict(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mut permissions = file.metadata()?.permissions();
        if permissions.mode() & 0o077 != 0 {
            permissions.set_mode(0o600);
            file.set_permissions(permissions)?;
        }
    }
    drop(file);
    Ok(())
}

/// A journal that can't be opened. The cause is in `source`.
#[derive(Debug)]
pub struct OpenError(Box<dyn std::error::Error + Send + Sync>);

impl OpenError {
    pub(crate) fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the journal can't be opened")
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}
