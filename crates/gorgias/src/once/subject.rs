//! What is created once, and how it is found again.

use gorgias_runtime::support::{CallOptions, Context, Operation, trace};
use gorgias_runtime::{Error, ExternalId, Metadata};

use crate::client::Client;
use crate::evidence::{Evidence, Found};
use crate::tickets::Story;

/// Something that is created once under an external id.
pub(super) trait Subject: Send + Sync {
    /// What is sent, checked.
    type Prepared: Send + Sync;
    /// What the service answers with.
    type Answer: Send;
    /// What creates it.
    const OPERATION: &'static Operation;

    /// The client that the calls are made with.
    fn client(&self) -> &Client;

    /// The external id.
    fn id(&self) -> &ExternalId;

    /// The key that the journal has for it.
    fn key(&self) -> &ExternalId;

    /// The id in an answer.
    fn id_of(answer: &Self::Answer) -> i64;

    /// Sends it, as often as it provably isn't applied.
    fn send(
        &self,
        prepared: &Self::Prepared,
        context: Context<'_>,
    ) -> impl Future<Output = Result<(Self::Answer, Metadata), Error>> + Send;

    /// Looks for it: a request of the same rate limit as any other, or several.
    fn look_up(&self, options: CallOptions)
    -> impl Future<Output = Result<Evidence, Error>> + Send;

    /// Reads what has this id.
    fn fetch(
        &self,
        id: i64,
        options: CallOptions,
    ) -> impl Future<Output = Result<(Self::Answer, Metadata), Error>> + Send;
}

/// What was created, and how it came to be.
pub(super) struct Made<T> {
    pub(super) answer: T,
    pub(super) metadata: Metadata,
    pub(super) story: Story,
}

/// Looks once. None when the service proved that there is nothing; an answer that
/// proves nothing is an error.
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

/// The error of a call about a subject.
pub(super) fn told<S: Subject>(error: Error, id: ExternalId) -> Error {
    let error = error.of(S::OPERATION.id(), S::OPERATION.effect());
    error.under(id)
}
