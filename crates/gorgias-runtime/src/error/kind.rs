//! What an error is about.

/// What went wrong, for code that acts on it.
///
/// More kinds may come. Ask [`Error::delivery`](crate::Error::delivery) for
/// what became of a write; the kind alone doesn't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client can't be built as configured: a bad subdomain, base URL,
    /// credential, timeout or user agent.
    Configuration,
    /// The request breaks a rule of the API and was not sent. See
    /// [`Error::violations`](crate::Error::violations).
    InvalidRequest,
    /// 401: the credentials were refused.
    Unauthorized,
    /// 403: the user's role or the token's scopes don't allow it.
    Forbidden,
    /// 403: a quota of the account's plan is used up. Waiting doesn't help.
    QuotaExceeded,
    /// 404: what was asked for doesn't exist.
    NotFound,
    /// 404 with a page instead of JSON: the address is not one of the API's.
    WrongEndpoint,
    /// 405: the address doesn't take this method.
    MethodNotAllowed,
    /// 409: something unique is already in use.
    Conflict,
    /// 429: the account's rate limit is reached. See
    /// [`Error::retry_after`](crate::Error::retry_after).
    RateLimited,
    /// Any other 4xx: 400 with its
    /// [`field_errors`](crate::Error::field_errors), 413, 415, 422 and so on.
    Rejected,
    /// 5xx, and 408: the service, or a gateway in front of it, failed or would
    /// not wait any longer.
    Service,
    /// 3xx. Redirects are never followed, so that no credential leaves for
    /// another host.
    Redirect,
    /// A success whose answer couldn't be read, or a status no API gives.
    UnexpectedResponse,
    /// The service answered a creation with something of another external id.
    /// [`Error::resource_id`](crate::Error::resource_id) is its id.
    Mismatch,
    /// The service's answer doesn't tell whether there is something with the
    /// external id. The reason is in `source`, and what the service said in
    /// [`Error::service_message`](crate::Error::service_message).
    NoEvidence,
    /// What became of a creation couldn't be settled. See
    /// [`Error::in_doubt`](crate::Error::in_doubt); whether it exists for
    /// certain is what [`Error::delivery`](crate::Error::delivery) says.
    InDoubt,
    /// The external id was used for something else.
    KeyReused,
    /// Somebody else is at work on this external id.
    KeyHeld,
    /// The journal failed.
    Journal,
    /// The [token provider](crate::token::TokenProvider) gave no token that
    /// can be used, after the service had refused the one before or before
    /// anything was sent: [`Error::delivery`](crate::Error::delivery) tells
    /// which.
    Token,
    /// A deadline passed.
    Timeout,
    /// No connection was made: a refused connection, an unknown host, a
    /// failed TLS handshake. Nothing was sent.
    Connect,
    /// The connection failed after the request was sent, or may have been.
    Transport,
}
