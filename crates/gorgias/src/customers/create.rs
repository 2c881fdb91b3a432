//! The call that creates a customer.

use std::fmt;

use gorgias_api::operations::CREATE_CUSTOMER;
use gorgias_api::types::Customer;
use gorgias_runtime::support::{CallOptions, Request, TimeLimit, execute, read_json, trace};
use gorgias_runtime::{Delivery, Error, Metadata, call_options};
use tokio::time::{Instant, sleep};

use super::look_up::{look_up, read};
use super::new_customer::NewCustomer;
use crate::client::Client;
use crate::evidence::{Evidence, Found};
use crate::tickets::{How, Pending};

/// The creation of one customer, from
/// [`Customers::create`](crate::Customers::create).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct CreateCustomer {
    client: Client,
    customer: NewCustomer,
    options: CallOptions,
}

/// A customer that was created.
///
/// `Debug` shows the customer's id and no personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct CreatedCustomer {
    /// The customer that the service returned.
    pub customer: Customer,
    how: How,
    metadata: Metadata,
}

impl CreatedCustomer {
    /// How it is known that the customer exists. A customer that was found
    /// after the answer was lost may have existed before the request.
    #[must_use]
    pub fn how(&self) -> How {
        self.how
    }

    /// The facts about the response: status, headers, request id, rate limit,
    /// attempts and the body as it was received.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

impl CreateCustomer {
    pub(super) fn new(client: Client, customer: NewCustomer) -> Self {
        Self {
            client,
            customer,
            options: CallOptions::default(),
        }
    }

    call_options!();

    async fn run(self) -> Result<CreatedCustomer, Error> {
        let connection = self.client.connection();
        let settle_time = self.client.shared().settle.settle_time();
        let mut limit = self.options.limit(connection, settle_time)?;
        connection.accept(self.customer.examine())?;
        let body = serde_json::to_vec(&self.customer.0).map_err(Error::unbuildable)?;
        let context = self.options.context(connection, &mut limit);
        let request = Request::new("/api/customers").json(body.into());
        let reader = read_json::<Customer>;
        let sent = execute(connection, &CREATE_CUSTOMER, request, context, reader).await;
        match sent {
            Ok(answer) => {
                let (customer, metadata) = answer.into_parts();
                Ok(CreatedCustomer {
                    customer,
                    how: How::Sent,
                    metadata,
                })
            }
            Err(error) => self.settle(error, limit).await,
        }
    }

    /// Looks for the customer if the request may have been applied. Otherwise returns the
    /// error.
    async fn settle(&self, error: Error, limit: TimeLimit) -> Result<CreatedCustomer, Error> {
        if matches!(error.delivery(), Delivery::NotSent | Delivery::Rejected) {
            return Err(error);
        }
        let found = match error.resource_id() {
            Some(id) => Some(Found::alone(id)),
            None => self.search(limit).await,
        };
        let Some(found) = found else {
            return Err(error);
        };
        match read(
            &self.client,
            found.id,
            self.options.part_until(Some(limit.end())),
        )
        .await
        {
            Ok((customer, metadata)) => Ok(CreatedCustomer {
                customer,
                how: How::FoundAfterAmbiguity,
                metadata,
            }),
            Err(failure) => Err(failure.applied(found.id).after_attempts(error.attempts())),
        }
    }

    /// Looks for the customer, by address or external id, after each wait of the settle policy. A
    /// look-up that fails doesn't end the search.
    async fn search(&self, limit: TimeLimit) -> Option<Found> {
        let identity = self.customer.identity()?;
        for (looked, wait) in (0..).zip(&self.client.shared().settle.waits) {
            let end = Instant::now().checked_add(*wait);
            if end.is_none_or(|end| end >= limit.end()) {
                return None;
            }
            trace::looking(*wait, looked);
            sleep(*wait).await;
            let part = self.options.part_until(Some(limit.end()));
            let evidence = look_up(&self.client, &identity, part).await;
            if let Ok(Evidence::Found(found)) = evidence {
                return Some(found);
            }
        }
        None
    }
}

impl IntoFuture for CreateCustomer {
    type Output = Result<CreatedCustomer, Error>;
    type IntoFuture = Pending<CreatedCustomer>;

    fn into_future(self) -> Pending<CreatedCustomer> {
        Box::pin(async {
            let created = self.run().await;
            created.map_err(|error| error.of(&CREATE_CUSTOMER))
        })
    }
}

impl fmt::Debug for CreatedCustomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedCustomer")
            .field("customer_id", &self.customer.id)
            .field("how", &self.how)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
