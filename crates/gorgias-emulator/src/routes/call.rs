//! A request that was routed, authenticated and checked, and the function that
//! answers it.

use std::sync::LazyLock;
use std::time::Duration;

use ::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::document::Values;
use crate::http::answer::Answer;
use crate::http::form::File;
use crate::store::{Context, Refused, Resource, Store};
use crate::strictness::ExternalIdMatch;
use crate::timestamp::Timestamp;

/// Applies a call and answers it. The document sets the status of a success.
pub(crate) type Handler = fn(&mut Store, &Call) -> CallResult;

/// A table of handlers by the ids of operations.
pub(super) type Table = &'static [(&'static str, Handler)];

/// The answer to a call, or why it had no effect.
pub(crate) type CallResult = Result<Answer, Refused>;

/// A request that was routed, authenticated and checked. It holds everything
/// its effect depends on, so that it can also be applied later.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The handler of the operation.
    pub(crate) handler: Handler,
    /// The parameters.
    pub(crate) values: Values,
    /// The JSON of the body, or null.
    pub(crate) body: Value,
    /// The files of a body that is a form.
    pub(crate) files: Vec<File>,
    /// The caller: an agent's e-mail address, or none for an application.
    pub(crate) caller: Option<String>,
    pub(crate) path: String,
    pub(crate) query: String,
    /// The address that the request was sent to, such as `http://127.0.0.1:80`.
    pub(crate) origin: String,
    pub(crate) now: Timestamp,
    /// The time from the creation of a ticket or message until lists show it.
    pub(crate) visibility_lag: Duration,
    /// How the filter of a list compares external ids.
    pub(crate) matching: ExternalIdMatch,
}

impl Call {
    /// Applies the call, and returns the answer.
    pub(crate) fn apply(&self, store: &mut Store) -> CallResult {
        (self.handler)(store, self)
    }

    /// Returns what a write depends on beside its body.
    pub(super) fn context(&self) -> Context<'_> {
        Context {
            caller: self.caller.as_deref(),
            now: self.now,
            visible: self.now.after(self.visibility_lag),
        }
    }

    /// A parameter that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.values.get(name).and_then(Value::as_i64)
    }

    /// A parameter of the path that is an id.
    pub(super) fn id(&self, name: &str) -> i64 {
        self.number(name).unwrap_or_default()
    }

    /// A parameter that is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(Value::as_str)
    }

    /// The members of the body.
    pub(super) fn members(&self) -> &Resource {
        static NONE: LazyLock<Resource> = LazyLock::new(Resource::new);
        self.body.as_object().unwrap_or(&NONE)
    }
}

/// A success with a JSON body.
pub(super) fn success(body: &impl Serialize) -> CallResult {
    Ok(Answer::json(StatusCode::OK, body))
}

/// A success without a body. It has the content type of JSON, as recorded.
pub(super) fn empty() -> CallResult {
    Ok(Answer::new(
        StatusCode::OK,
        "application/json",
        Bytes::new(),
    ))
}
