//! An answer, before the headers that every answer has are added.

use ::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use serde::Serialize;

/// The answer of a route. The headers that every answer has are added later.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The id of the ticket in the answer, for the exchange log.
    pub(crate) ticket_id: Option<i64>,
}

impl From<Answer> for Response<Bytes> {
    fn from(answer: Answer) -> Self {
        let mut response = Self::new(answer.body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        response
    }
}

impl Answer {
    /// An answer with a JSON body.
    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::new(status, "application/json", body.into()),
            // Encoding maps with string keys can't fail.
            Err(_) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "text/plain",
                Bytes::from_static(b"the answer could not be written"),
            ),
        }
    }

    pub(crate) fn new(status: StatusCode, content_type: &'static str, body: Bytes) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self {
            status,
            headers,
            body,
            ticket_id: None,
        }
    }

    /// Makes an answer with any content type, if a header can hold it.
    pub(crate) fn of_type(status: StatusCode, content_type: &str, body: Bytes) -> Option<Self> {
        let content_type = HeaderValue::from_str(content_type).ok()?;
        let mut answer = Self::new(status, "application/octet-stream", body);
        answer.headers.insert(header::CONTENT_TYPE, content_type);
        Some(answer)
    }

    pub(crate) fn about(mut self, ticket_id: i64) -> Self {
        self.ticket_id = Some(ticket_id);
        self
    }

    pub(crate) fn is_json(&self) -> bool {
        self.headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "application/json")
    }
}
