//! Tickets from JSON that was written elsewhere.

use gorgias_runtime::support::validate::repeated;
use gorgias_runtime::{Error, Violation};
use serde_json::Value;

use super::NewTicket;
use super::body::Body;
use super::written::Written;

impl NewTicket {
    /// A ticket from a JSON text, which is sent unchanged: no default is added, and
    /// nulls, numbers and the order of members are kept. The setters still work:
    /// each replaces the member that it names, or adds an entry to it, as
    /// [`tag`](Self::tag) does. The order of the other members may then change.
    ///
    /// ```
    /// use gorgias::NewTicket;
    ///
    /// let error = NewTicket::from_json(r#"{"messages":[{"channel":7}],"colour":"red"}"#)
    ///     .expect_err("is not valid");
    /// let pointers: Vec<_> = error
    ///     .violations()
    ///     .into_iter()
    ///     .flatten()
    ///     .map(|violation| violation.pointer())
    ///     .collect();
    /// assert_eq!(pointers, ["/messages/0/channel", "/messages/0/from_agent", "/colour"]);
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when the text
    /// isn't JSON, gives a member twice, or breaks rules of the API. In the last two
    /// cases the error has all [`violations`](Error::violations).
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(text).map_err(Error::unbuildable)?;
        let written = Written::new(value, Some(text.trim().to_owned()));
        written
            .checked(repeated(text.as_bytes()))
            .map(Self::written)
    }

    /// A ticket from a JSON value, which is sent unchanged. See
    /// [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when
    /// the value breaks rules of the API.
    pub fn from_value(value: Value) -> Result<Self, Error> {
        let written = Written::new(value, None);
        written.checked(Vec::new()).map(Self::written)
    }

    fn written(written: Written) -> Self {
        Self {
            body: Body::Written(written),
        }
    }

    /// Returns warnings about e-mail messages whose `source` lacks `type`, `from` or
    /// `to`. The API's document allows such messages, but the service is said to
    /// refuse them.
    ///
    /// Only messages of a body that was written elsewhere can have warnings, because
    /// such a body is sent unchanged. In messages that were built with
    /// [`NewMessage`](crate::NewMessage) such a source is a violation.
    ///
    /// ```
    /// use gorgias::NewTicket;
    ///
    /// let text = r#"{"messages":[{"channel":"email","from_agent":false}]}"#;
    /// let warnings = NewTicket::from_json(text)?.warnings();
    /// assert_eq!(warnings[0].pointer(), "/messages/0/source");
    /// # Ok::<(), gorgias::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Violation> {
        self.body.warnings()
    }
}
