//! Decodes the body of a success. A body that a JSON parser refuses is repaired
//! first, if it can be.

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
/// When the body is empty, or the value can't be read from it.
pub fn json<T: DeserializeOwned>(response: &Response<Bytes>) -> Result<Box<T>, Unreadable> {
    decode(response.headers(), response.body())
}

/// Reads the value of an operation that answers with JSON or with nothing. Returns
/// `None` if the body is empty, whatever the status.
///
/// # Errors
///
/// When the body isn't empty, and the value can't be read from it.
pub fn json_if_any<T: DeserializeOwned>(
    response: &Response<Bytes>,
) -> Result<Box<Option<T>>, Unreadable> {
    match response.body().trim_ascii().is_empty() {
        true => Ok(Box::new(None)),
        false => Ok(Box::new(Some(*json(response)?))),
    }
}

/// Reads a page of a list. Items are read leniently, but the body must have a
/// list in `data`, and its `error` must be absent or null.
///
/// # Errors
///
/// When the body is empty, or not a page of a list.
pub fn list<T: DeserializeOwned>(response: &Response<Bytes>) -> Result<Box<T>, Unreadable> {
    decode::<Page>(response.headers(), response.body())?;
    json(response)
}

/// The members that every page of a list has. The items are not checked here.
#[derive(Deserialize)]
struct Page {
    #[serde(rename = "data")]
    _data: Vec<IgnoredAny>,
    #[serde(default, rename = "error")]
    _error: Option<Never>,
}

/// A type without values, for a member that must be absent or null.
#[derive(Deserialize)]
enum Never {}

/// Reads the answer of an operation that returns no value. A JSON body is
/// ignored.
///
/// # Errors
///
/// When the body is something other than JSON, such as the HTML page of a proxy.
pub fn nothing(response: &Response<Bytes>) -> Result<Box<()>, Unreadable> {
    if !response.body().trim_ascii().is_empty() {
        decode::<IgnoredAny>(response.headers(), response.body())?;
    }
    Ok(Box::new(()))
}

/// Returns the body unchanged, if it is JSON or empty.
///
/// # Errors
///
/// When the body is something other than JSON, such as the HTML page of a proxy.
pub fn json_bytes(response: &Response<Bytes>) -> Result<Box<Bytes>, Unreadable> {
    nothing(response)?;
    bytes(response)
}

/// Returns the body unchanged.
///
/// # Errors
///
/// Never.
pub fn bytes(response: &Response<Bytes>) -> Result<Box<Bytes>, Unreadable> {
    Ok(Box::new(response.body().clone()))
}

/// Reads a value from the body of a successful response.
///
/// Of the headers, only the content encoding counts. The declared content type is
/// ignored: answers with a wrong type were seen, and the body itself shows whether
/// it is JSON.
fn decode<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Unreadable> {
    let body = text(headers, body)?;
    serde_json::from_slice(body).or_else(|error| {
        let repaired = repair(body).map(|fixed| serde_json::from_slice(&fixed));
        match repaired {
            Some(Ok(value)) => Ok(value),
            _ => Err(unreadable(&error, body)),
        }
    })
}

/// Returns the text of a body that is neither compressed nor empty.
fn text<'a>(headers: &HeaderMap, body: &'a [u8]) -> Result<&'a [u8], Unreadable> {
    if is_encoded(headers) {
        return Err(Unreadable::new(Problem::Compressed));
    }
    let body = without_bom(body);
    match body.trim_ascii().is_empty() {
        true => Err(Unreadable::new(Problem::Empty)),
        false => Ok(body),
    }
}

/// Says why a body can't be read, without repeating any of it.
fn unreadable(error: &serde_json::Error, body: &[u8]) -> Unreadable {
    Unreadable {
        problem: match error.classify() {
            Category::Data => Problem::Unexpected,
            Category::Eof if body.trim_ascii_start().starts_with(b"{") => Problem::BrokenOff,
            _ => Problem::NotJson {
                line: error.line(),
                column: error.column(),
            },
        },
        id: shallow_id(body),
    }
}

/// The reason why the body of a success couldn't be read. Unlike the parser's
/// own errors, the reason doesn't repeat any of the body.
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

    /// Whether the body is empty.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.problem, Problem::Empty)
    }

    /// Whether the body is the beginning of a JSON object that breaks off.
    pub(crate) fn is_broken_off(&self) -> bool {
        matches!(self.problem, Problem::BrokenOff)
    }

    /// The id in the body, if it could be read.
    pub(crate) fn id(&self) -> Option<i64> {
        self.id
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Empty => f.write_str("the body is empty"),
            Problem::Compressed => f.write_str("the body is compressed, which was not asked for"),
            Problem::BrokenOff => f.write_str("the body ends before the JSON is complete"),
            Problem::NotJson { line, column } => {
                write!(f, "the body is not JSON at line {line} column {column}")
            }
            Problem::Unexpected => f.write_str("the body is JSON, but not the expected value"),
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_none_where_there_may_be_nothing() {
        let read = |body: &'static str| {
            let response = Response::new(Bytes::from_static(body.as_bytes()));
            json_if_any::<i64>(&response).map(|value| *value)
        };
        assert_eq!(read(" \n"), Ok(None));
        assert_eq!(read("7"), Ok(Some(7)));
        assert!(read("<html>").is_err());
    }
}
