//! Access tokens that run out and are renewed.
//!
//! Public apps sign in with OAuth2 access tokens, which don't last. A client
//! that is given a [`TokenProvider`] asks the provider for the first token, and
//! for another one when the service refuses the current token or the token's
//! [lifetime](AccessToken::valid_for) is over. However many calls need a new
//! token at the same time, the provider is asked once. A call that the service
//! refused with a 401 is sent once more, because a 401 means that nothing was
//! done.
//!
//! The provider decides how a token is obtained. This crate has no part of the
//! authorization-code exchange.

mod access_token;
mod provider;
mod refresh;

pub use self::access_token::AccessToken;
pub use self::provider::{TokenError, TokenFuture, TokenProvider};
pub(crate) use self::refresh::{Issued, Tokens};
