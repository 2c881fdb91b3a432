//! From a body to a value, as leniently as can be defended.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::content::{is_encoded, without_bom};
use super::repair::repair;
use super::shallow_id::shallow_id;

/// Reads the value of an operation that answers with JSON.
///
/// # Errors
///
/// When the body is empty, or nothing that the value can be read from.
pub fn json<T: DeserializeOwned>(response: &Response<Bytes>) -> Result<Box<T>, Unreadable> {
    decode(response.headers(), response.body())
}

/// Reads a page of a list. Items are read leniently, but there has to be a list
/// of them, and no word of an error beside it.
///
/// # Errors
///
/// When the body is empty, or no page of a list.
pub fn list<T: DeserializeOwned>(response: &Response<Bytes>) -> Result<Box<T>, Unreadable> {
    decode::<Page>(response.headers(), response.body())?;
    json(response)
}

/// What every page has. An item may be anything.
#[derive(Deserialize)]
struct Page {
    #[serde(rename = "data")]
    _data: Vec<IgnoredAny>,
    #[serde(default, rename = "error")]
    _error: Option<Never>,
}

/// What must not be there.
#[derive(Deserialize)]
enum Never {}

/// Reads the answer of an operation that answers with nothing. JSON that comes
/// all the same is left alone.
///
/// # Errors
///
/// When the body is something else, such as the page of a proxy.
pub fn nothing(response: &Response<Bytes>) -> Result<Box<()>, Unreadable> {
    if !response.body().trim_ascii().is_empty() {
        decode::<IgnoredAny>(response.headers(), response.body())?;
    }
    Ok(Box::new(()))
}

/// Takes the body as it came, if it is JSON or nothing.
///
/// # Errors
///
/// When it is something else, such as the page of a proxy.
pub fn json_bytes(response: &Response<Bytes>) -> Result<Box<Bytes>, Unreadable> {
    nothing(response)?;
    bytes(response)
}

/// Takes the body as it came.
///
/// # Errors
///
/// Never.
pub fn bytes(response: &Response<Bytes>) -> Result<Box<Bytes>, Unreadable> {
    Ok(Box::new(response.body().clone()))
}

/// Reads a value from the body of a successful response.
///
/// The headers are asked only whether the body is compressed: what a body is
/// can be told from the body, and the declared type was known to be wrong.
fn decode<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Unreadable> {
    if is_encoded(headers) {
        return Err(Unreadable::new(Problem::Compressed));
    }
    let body = without_bom(body);
    if body.trim_ascii().is_empty() {
        return Err(Unreadable::new(Problem::Empty));
    }
    let error = match serde_json::from_slice(body) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if let Some(Ok(value)) = repair(body).map(|fixed| serde_json::from_slice(&fixed)) {
        return Ok(value);
    }
    Err(Unreadable {
        problem: match error.classify() {
            Category::Data => Problem::Unexpected,
            Category::Eof if body.trim_ascii_start().starts_with(b"{") => Problem::BrokenOff,
            _ => Problem::NotJson {
                line: error.line(),
                column: error.column(),
            },
        },
        id: shallow_id(body),
    })
}

/// A successful response whose body couldn't be read. It never repeats any of
/// the body, as the parser's own errors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    problem: Problem,
    id: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    Compressed,
    BrokenOff,
    NotJson { line: usize, column: usize },
    Unexpected,
}

impl Unreadable {
    fn new(problem: Problem) -> Self {
        Self { problem, id: None }
    }

    /// Whether there is no body.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.problem, Problem::Empty)
    }

    /// Whether the body is the beginning of an object: that of what was asked
    /// for, as far as can be told.
    pub(crate) fn is_broken_off(&self) -> bool {
        matches!(self.problem, Problem::BrokenOff)
    }

    /// The id of what the body is about, where that much could be made out.
    pub(crate) fn id(&self) -> Option<i64> {
        self.id
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Empty => f.write_str("the body is empty"),
            Problem::Compressed => f.write_str("the body is compressed, which was not asked for"),
            Problem::BrokenOff => f.write_str("the body breaks off"),
            Problem::NotJson { line, column } => {
                write!(f, "the body is not JSON at line {line} column {column}")
            }
            Problem::Unexpected => f.write_str("the body is JSON of another kind"),
        }
    }
}

impl std::error::Error for Unreadable {}
