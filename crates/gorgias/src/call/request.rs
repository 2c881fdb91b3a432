//! From the generated client's request to one that can be sent again.

use bytes::Bytes;
use http::Request;

use crate::error::Error;

/// A built request with its whole body in memory.
pub(crate) fn whole(request: reqwest::Request) -> Result<Request<Bytes>, Error> {
    let request: Request<reqwest::Body> = request.try_into().map_err(Error::unbuildable)?;
    let (head, body) = request.into_parts();
    let body = body
        .as_bytes()
        .map(Bytes::copy_from_slice)
        .ok_or_else(|| Error::unbuildable("a streamed body can't be sent"))?;
    Ok(Request::from_parts(head, body))
}
