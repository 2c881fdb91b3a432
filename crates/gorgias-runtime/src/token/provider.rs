//! The interface of a token provider.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::AccessToken;
use crate::BoxError;

/// The future of [`TokenProvider::fetch`].
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<AccessToken, TokenError>> + Send + 'a>>;

/// Gives out access tokens, for `ClientBuilder::token_provider`.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::token::{AccessToken, TokenError, TokenFuture, TokenProvider};
///
/// struct Vault;
///
/// impl Vault {
///     async fn refresh(&self) -> Result<String, std::io::Error> {
///         Ok("a-fresh-token".to_owned())
///     }
/// }
///
/// impl TokenProvider for Vault {
///     fn fetch(&self) -> TokenFuture<'_> {
///         Box::pin(async {
///             let token = self.refresh().await.map_err(TokenError::new)?;
///             Ok(AccessToken::new(token))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Obtains a token: the first one, or a new one in place of one that the
    /// service has refused or that has run out.
    ///
    /// The client asks for one token at a time. The future runs in a task of
    /// its own, so that a refresh token that can be used only once is not lost
    /// when the call that needs the token is dropped. The future is dropped
    /// after the client's attempt timeout.
    fn fetch(&self) -> TokenFuture<'_>;
}

/// The error of a provider that can't return a token. Its `source` is the
/// cause. The cause is shown with the error, so the cause must not contain a
/// secret.
#[derive(Clone, Debug)]
pub struct TokenError(Arc<dyn std::error::Error + Send + Sync>);

impl TokenError {
    /// Creates the error with its cause.
    pub fn new(cause: impl Into<BoxError>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token provider failed")
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}
