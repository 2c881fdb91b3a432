//! The call that finds a customer.

use std::time::Duration;

use gorgias_api::operations::GET_CUSTOMER;
use gorgias_api::types::Customer;
use gorgias_runtime::support::CallOptions;
use gorgias_runtime::{Error, call_options};

use super::look_up::{look_up, read};
use crate::client::Client;
use crate::ticket::{Contact, Identity};
use crate::tickets::Pending;

/// The search for one customer, from [`Customers::find`](crate::Customers::find).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct FindCustomer {
    client: Client,
    contact: Contact,
    options: CallOptions,
}

impl FindCustomer {
    pub(super) fn new(client: Client, contact: Contact) -> Self {
        Self {
            client,
            contact,
            options: CallOptions::default(),
        }
    }

    call_options!();

    async fn run(self) -> Result<Option<Customer>, Error> {
        let connection = self.client.connection();
        let limit = self.options.limit(connection, Duration::ZERO)?;
        let later = self.options.part_until(limit.strict_end());
        let (id, options) = match self.contact.identity {
            Identity::Id(id) => (id, self.options),
            identity => match look_up(&self.client, &identity, self.options)
                .await?
                .proven()?
            {
                Some(found) => (found.id, later),
                None => return Ok(None),
            },
        };
        match read(&self.client, id, options).await {
            Ok((customer, _)) => Ok(Some(customer)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl IntoFuture for FindCustomer {
    type Output = Result<Option<Customer>, Error>;
    type IntoFuture = Pending<Option<Customer>>;

    fn into_future(self) -> Pending<Option<Customer>> {
        Box::pin(async {
            let found = self.run().await;
            found.map_err(|error| error.of(&GET_CUSTOMER))
        })
    }
}
