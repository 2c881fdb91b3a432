//! The interface of a ticket or a reply that is created once.

use gorgias_runtime::support::{CallOptions, Operation, trace};
use gorgias_runtime::{Error, ExternalId, Response};

use crate::client::Client;
use crate::creation::{Answer, Prepared};
use crate::evidence::{Evidence, Found};
use crate::journal::BodyHash;
use crate::tickets::CreationDetails;

/// A ticket or a reply that is created once under an external id.
pub(super) trait Resource: Send + Sync {
    /// The type that the resource is created from.
    type New: Send;
    /// The type of the answer.
    type Answer: Answer;
    /// The result of a call that creates the resource.
    type Created;
    /// The operation that creates the resource.
    const OPERATION: &'static Operation;

    /// The client that makes the requests.
    fn client(&self) -> &Client;

    /// The external id.
    fn id(&self) -> &ExternalId;

    /// The key in the journal.
    fn key(&self) -> &ExternalId;

    /// Checks a resource to be created, and returns its request, with the digest of
    /// the request's body.
    fn prepare(&self, new: Self::New) -> Result<(Prepared, BodyHash), Error>;

    /// Looks for the resource by its external id, with one or more requests.
    fn look_up(&self, options: CallOptions)
    -> impl Future<Output = Result<Evidence, Error>> + Send;

    /// Reads the resource by its id.
    fn fetch(
        &self,
        id: i64,
        options: CallOptions,
    ) -> impl Future<Output = Result<Response<Self::Answer>, Error>> + Send;

    /// Creates the result of a call.
    fn created(answer: Response<Self::Answer>, details: CreationDetails) -> Self::Created;
}

/// Looks for the resource once. Returns `None` if the service proved that the
/// resource is absent. An answer that proves nothing is an error.
pub(super) async fn look_up<R: Resource>(
    resource: &R,
    options: CallOptions,
) -> Result<Option<Found>, Error> {
    let found = resource.look_up(options).await?.proven()?;
    if let Some(Found { id, duplicates }) = &found
        && !duplicates.is_empty()
    {
        trace::duplicates(*id, duplicates);
    }
    Ok(found)
}

/// The result of one or more look-ups.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The resource exists.
    Found(Found),
    /// The service proved that the resource is absent.
    Absent,
    /// The deadline came before a proof.
    OutOfTime,
}
