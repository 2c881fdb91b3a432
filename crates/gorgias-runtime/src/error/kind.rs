//! The kinds of errors.

/// The kind of an error, for code that acts on it.
///
/// More kinds may be added. The kind alone doesn't say what became of a write:
/// [`Error::delivery`](crate::Error::delivery) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client can't be built as configured, for example because of a bad
    /// subdomain, base URL, credential, timeout or user agent.
    Configuration,
    /// The request breaks a rule of the API and was not sent. See
    /// [`Error::violations`](crate::Error::violations).
    InvalidRequest,
    /// 401: the credentials were refused.
    Unauthorized,
    /// 403: the user's role or the token's scopes don't allow the request.
    Forbidden,
    /// 403: a quota of the account's plan is used up. Waiting doesn't help.
    QuotaExceeded,
    /// 404: the resource doesn't exist.
    NotFound,
    /// 404 without JSON, for example with an HTML page: the address is not one
    /// of the API's.
    WrongEndpoint,
    /// 405: the address doesn't accept this method.
    MethodNotAllowed,
    /// 409: a value that must be unique is already in use.
    Conflict,
    /// 429: the account's rate limit is reached. See
    /// [`Error::retry_after`](crate::Error::retry_after).
    RateLimited,
    /// Any other 4xx: 400 with its
    /// [`field_errors`](crate::Error::field_errors), 413, 415, 422 and so on.
    Rejected,
    /// 5xx or 408: the service or a gateway in front of it failed, or timed
    /// out.
    Service,
    /// 3xx. Redirects are never followed, so that no credential goes to another
    /// host.
    Redirect,
    /// A success whose body couldn't be read, or a status outside the usual
    /// classes.
    UnexpectedResponse,
    /// The service answered a creation with a resource of another external id.
    /// [`Error::resource_id`](crate::Error::resource_id) is the id of that
    /// resource.
    Mismatch,
    /// A look-up doesn't show whether a resource with the external id exists.
    /// The reason is in `source`, and the service's message in
    /// [`Error::service_message`](crate::Error::service_message).
    NoEvidence,
    /// A creation is in doubt: see [`Error::in_doubt`](crate::Error::in_doubt).
    /// [`Error::delivery`](crate::Error::delivery) says whether the resource
    /// exists for certain.
    InDoubt,
    /// The external id was used for a resource with other content.
    KeyReused,
    /// Another process or task is creating the resource of this external id.
    KeyHeld,
    /// The journal couldn't be read or written.
    Journal,
    /// The [token provider](crate::token::TokenProvider) gave no usable token.
    /// [`Error::delivery`](crate::Error::delivery) says whether that was
    /// before the first request, or after the service had refused an earlier
    /// token.
    Token,
    /// The time limit of the call or of an attempt was over before the answer
    /// was complete.
    Timeout,
    /// No connection was made: a refused connection, an unknown host, a
    /// failed TLS handshake. Nothing was sent.
    Connect,
    /// The connection failed after the request was sent, or may have been sent.
    Transport,
}
