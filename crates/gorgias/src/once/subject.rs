//! The interface of a ticket or a reply that is created once.

use gorgias_runtime::support::{CallOptions, Context, Operation, trace};
use gorgias_runtime::{Error, ExternalId, Response};

use crate::client::Client;
use crate::creation::{Answer, Prepared};
use crate::evidence::{Evidence, Found};
use crate::tickets::CreationDetails;

/// A ticket or a reply that is created once under an external id.
pub(super) trait Subject: Send + Sync {
    /// The type of the answer.
    type Answer: Answer;
    /// The operation that creates the subject.
    const OPERATION: &'static Operation;

    /// The client that makes the requests.
    fn client(&self) -> &Client;

    /// The external id.
    fn id(&self) -> &ExternalId;

    /// The key in the journal.
    fn key(&self) -> &ExternalId;

    /// Sends the request. Repeats it only if it provably wasn't applied.
    fn send(
        &self,
        prepared: &Prepared,
        context: Context<'_>,
    ) -> impl Future<Output = Result<Response<Self::Answer>, Error>> + Send;

    /// Looks for the subject by its external id, with one or more requests.
    fn look_up(&self, options: CallOptions)
    -> impl Future<Output = Result<Evidence, Error>> + Send;

    /// Reads the subject by its id.
    fn fetch(
        &self,
        id: i64,
        options: CallOptions,
    ) -> impl Future<Output = Result<Response<Self::Answer>, Error>> + Send;
}

/// A subject that exists, and how that is known.
pub(super) struct Made<T> {
    pub(super) answer: Response<T>,
    pub(super) details: CreationDetails,
}

/// Looks once. Returns `None` if the service proved that the subject is absent. An
/// answer that proves nothing is an error.
pub(super) async fn look_up<S: Subject>(
    subject: &S,
    options: CallOptions,
) -> Result<Option<Found>, Error> {
    let found = subject.look_up(options).await?.proven()?;
    if let Some(Found { id, duplicates }) = &found
        && !duplicates.is_empty()
    {
        trace::duplicates(*id, duplicates);
    }
    Ok(found)
}

/// Adds the operation and the external id to an error.
pub(super) fn with_key<S: Subject>(error: Error, id: ExternalId) -> Error {
    let error = error.of(S::OPERATION.id(), S::OPERATION.effect());
    error.under(id)
}
