//! The call that changes a customer.

use gorgias_api::Pending;
use gorgias_api::types::{Customer, UpdateCustomer};
use gorgias_runtime::support::{CallOptions, OperationCall};
use gorgias_runtime::{Error, Response, call_options};

use crate::client::Client;

/// A change of one customer, from
/// [`Customers::update`](crate::Customers::update). Set the members that are to
/// change, then `await` the call. The other members stay as they are.
#[derive(Clone)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CustomerUpdate {
    client: Client,
    id: i64,
    pub(crate) changes: UpdateCustomer,
    options: CallOptions,
}

impl CustomerUpdate {
    pub(super) fn new(client: Client, id: i64) -> Self {
        Self {
            client,
            id,
            changes: UpdateCustomer::default(),
            options: CallOptions::default(),
        }
    }

    call_options!();

    async fn run(self) -> Result<Response<Customer>, Error> {
        let call = self.client.api().update_customer(self.id, self.changes);
        call.with_options(self.options).await
    }
}

impl IntoFuture for CustomerUpdate {
    type Output = Result<Response<Customer>, Error>;
    type IntoFuture = Pending<Customer>;

    fn into_future(self) -> Pending<Customer> {
        Box::pin(self.run())
    }
}

crate::ticket::opaque_debug!(CustomerUpdate);
