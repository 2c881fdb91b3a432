//! Faults that change the status, headers or bytes of a success.

use ::http::{HeaderValue, StatusCode, header};
use bytes::Bytes;

use crate::http::answer::Answer;

pub(super) fn empty(answer: &mut Answer, status: StatusCode) {
    answer.status = status;
    answer.headers.remove(header::CONTENT_TYPE);
    answer.body = Bytes::new();
}

pub(super) fn plain_text(answer: &mut Answer) {
    let plain = HeaderValue::from_static("text/plain");
    answer.headers.insert(header::CONTENT_TYPE, plain);
}

pub(super) fn byte_order_mark(answer: &mut Answer) {
    answer.body = [b"\xef\xbb\xbf", answer.body.as_ref()].concat().into();
}

pub(super) fn trailing_text(answer: &mut Answer) {
    answer.body = [answer.body.as_ref(), b"\n<!-- cached -->"].concat().into();
}

pub(super) fn utf_16(answer: &mut Answer) {
    let text = String::from_utf8_lossy(&answer.body);
    answer.body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
}
