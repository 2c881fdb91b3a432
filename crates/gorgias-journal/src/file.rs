//! Opens the journal's file, with access for its owner only.

use std::fmt;
use std::io;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::schema;

/// Opens the file or creates it, readable by its owner only. A file that isn't
/// a journal is left unchanged.
pub(crate) fn open(path: &Path) -> Result<Connection, Cause> {
    check_name(path)?;
    create(path)?;
    open_existing(path)
}

/// Opens a file that must exist.
pub(crate) fn open_existing(path: &Path) -> Result<Connection, Cause> {
    check_name(path)?;
    if !std::fs::metadata(path)?.is_file() {
        return Err("it is not a regular file".into());
    }
    check_contents(path)?;
    restrict(path)?;
    let mut connection = connect(path)?;
    schema::prepare(&mut connection)??;
    Ok(connection)
}

/// Refuses a name that SQLite takes for something other than a file. Data written under
/// such a name would be lost with the process, or end up in another place.
fn check_name(path: &Path) -> Result<(), &'static str> {
    let name = path.as_os_str().as_encoded_bytes();
    if name.is_empty() {
        Err("its path is empty")
    } else if name == b":memory:" {
        Err("a journal in memory is gone with the process; name a file")
    } else if name
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"file:"))
    {
        Err("it is named by a URI; name it by its path")
    } else {
        Ok(())
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(schema::BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Checks that the file is a journal, or empty, without changing it.
fn check_contents(path: &Path) -> Result<(), Cause> {
    let connection = connect(path)?;
    // Another process may be creating the tables, so `schema::contents` reads its two
    // pragmas in one transaction.
    let transaction = connection.unchecked_transaction()?;
    schema::contents(&transaction).map_err(unreadable)??;
    Ok(())
}

/// Returns the cause for which SQLite can't read the file, in plain words if the file
/// itself is the cause.
fn unreadable(error: rusqlite::Error) -> Cause {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => {
            "the file is damaged: it was cut short, or something else wrote to it".into()
        }
        Some(ErrorCode::NotADatabase) => "the file is no journal".into(),
        _ => error.into(),
    }
}

/// Creates the file if it doesn't exist. An existing file isn't opened here, because
/// closing it would release the locks that SQLite holds on the file for this process.
fn create(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes the file readable by its owner only, before anything is written to it.
/// SQLite gives the rollback journal the same mode.
#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mut permissions = std::fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(0o600);
        std::fs::set_permissions(path, permissions)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The reason why a journal can't be opened.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The error of a journal that can't be opened. Its `source` is the cause.
#[derive(Debug)]
pub struct OpenError(pub(crate) Cause);

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
