//! The error that ends a conversion early.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The reason why a conversion ended early. A record that can't be converted is not an
/// error, but a [`Notice`](crate::Notice).
#[derive(Debug)]
pub struct Error(Box<Cause>);

#[derive(Debug)]
enum Cause {
    Read(PathBuf, io::Error),
    Input(PathBuf, String),
    Output(io::Error),
    Observer(io::Error),
    Store(rusqlite::Error),
}

impl Error {
    pub(crate) fn read(path: &Path, error: io::Error) -> Self {
        Self(Box::new(Cause::Read(path.to_owned(), error)))
    }

    pub(crate) fn input(path: &Path, problem: impl Into<String>) -> Self {
        Self(Box::new(Cause::Input(path.to_owned(), problem.into())))
    }

    pub(crate) fn output(error: io::Error) -> Self {
        Self(Box::new(Cause::Output(error)))
    }

    pub(crate) fn observer(error: io::Error) -> Self {
        Self(Box::new(Cause::Observer(error)))
    }

    /// Whether the reason is an input that can't be read.
    #[must_use]
    pub fn is_input(&self) -> bool {
        matches!(*self.0, Cause::Read(..) | Cause::Input(..))
    }

    /// The error of writing the tickets, if it is the reason.
    #[must_use]
    pub fn output_error(&self) -> Option<&io::Error> {
        match &*self.0 {
            Cause::Output(error) => Some(error),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self(Box::new(Cause::Store(error)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Read(path, _) => write!(f, "{} can't be read", path.display()),
            Cause::Input(path, problem) => write!(f, "{} {problem}", path.display()),
            Cause::Output(_) => f.write_str("the tickets can't be written"),
            Cause::Observer(_) => f.write_str("the observer of the conversion failed"),
            Cause::Store(_) => f.write_str("the temporary index failed"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Cause::Input(..) => None,
            Cause::Read(_, error) | Cause::Output(error) | Cause::Observer(error) => Some(error),
            Cause::Store(error) => Some(error),
        }
    }
}
