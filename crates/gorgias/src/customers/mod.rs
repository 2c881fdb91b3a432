//! Finding, creating and changing customers.
//!
//! [`find`] has the call that finds a customer. [`look_up`] asks the service's
//! list whether a customer exists. [`create`] has the call that creates a
//! customer, and looks for it after an answer that was lost. [`update`] has the
//! call that changes a customer.

mod create;
mod find;
mod look_up;
mod new_customer;
mod update;

use gorgias_api::calls::{DeleteCustomer, GetCustomer, ListCustomers, MergeCustomers};
use gorgias_api::types;

pub use self::create::{CreateCustomer, CreatedCustomer};
pub use self::find::FindCustomer;
pub use self::new_customer::NewCustomer;
pub use self::update::CustomerUpdate;
use crate::client::Client;
use crate::ticket::Contact;

/// The calls for the customers of a helpdesk, from [`Client::customers`].
#[derive(Clone, Debug)]
pub struct Customers {
    client: Client,
}

impl Client {
    /// Returns the calls for the customers of the helpdesk.
    #[must_use]
    pub fn customers(&self) -> Customers {
        Customers {
            client: self.clone(),
        }
    }
}

impl Customers {
    /// Finds a customer: by e-mail address, id, external id, phone number or
    /// another address. If there are several, the result is the one that was created
    /// first.
    ///
    /// | by | how |
    /// |---|---|
    /// | id | the customer is read |
    /// | e-mail address | the list is asked for it; only the main address counts, and its case is ignored |
    /// | external id | the list is asked for it |
    /// | phone number, another address | the list is asked for it, and the customers in it are read, because the list doesn't show these addresses |
    ///
    /// A customer is proven absent only if the list has status 200, is read to its
    /// last page, and every item can be read. If the list has customers that
    /// weren't asked for, the service doesn't filter, and the whole list is read: up
    /// to 25 pages of 100 customers. For a phone number or another address each
    /// listed customer has to be read, up to 100 of them, with one request each.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoEvidence`](crate::ErrorKind::NoEvidence) when the service's
    /// answers don't show whether there is such a customer; see
    /// [`Error`](crate::Error) for the others.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use gorgias::Contact;
    ///
    /// let sam = Contact::phone("+1 (555) 123-4567");
    /// match client.customers().find(sam).await? {
    ///     Some(customer) => println!("customer {}", customer.id),
    ///     None => println!("there is none"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn find(&self, customer: impl Into<Contact>) -> FindCustomer {
        FindCustomer::new(self.client.clone(), customer.into())
    }

    /// Creates a customer.
    ///
    /// The service answers 400 if another customer has the address. When the
    /// answer to a request that may have arrived is lost, the call looks for
    /// the customer over the settle time of the client's
    /// [`SettlePolicy`](crate::SettlePolicy), and doesn't send the request
    /// again. It looks by the e-mail address, without one by the first
    /// channel, and without any channel by the external id. A customer with
    /// none of these is not looked for. A customer found in this way was
    /// created by the request, or existed before and is unchanged.
    ///
    /// The time limit of the call is the client's operation timeout plus the
    /// settle time, unless the call has a timeout of its own.
    ///
    /// # Errors
    ///
    /// See [`Error`](crate::Error). [`Error::delivery`](crate::Error::delivery)
    /// says what became of the customer.
    ///
    /// # Cancel safety
    ///
    /// Not cancel safe: when the future is dropped after the request went out, the
    /// customer may exist, and no result reports it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use gorgias::{Contact, NewCustomer};
    ///
    /// let jane = Contact::email("jane@example.com").name("Jane Doe");
    /// let jane = NewCustomer::new(jane).channel("phone", "+15551234567").language("en");
    /// let created = client.customers().create(jane).await?;
    /// println!("customer {}", created.customer.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, customer: impl Into<NewCustomer>) -> CreateCustomer {
        CreateCustomer::new(self.client.clone(), customer.into())
    }

    /// Reads a customer, with all addresses.
    pub fn get(&self, id: i64) -> GetCustomer {
        self.client.api().get_customer(id)
    }

    /// Lists customers in their compact form: with the main e-mail address, but
    /// without their other addresses.
    pub fn list(&self) -> ListCustomers {
        self.client.api().list_customers()
    }

    /// Changes a customer: sets the members that are given, sets those that are
    /// cleared to null, and leaves the others as they are.
    /// [`channels`](CustomerUpdate::channels) replaces all addresses.
    ///
    /// # Errors
    ///
    /// See [`Error`](crate::Error). [`Error::delivery`](crate::Error::delivery)
    /// says what became of the change.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped after the request went out, nobody knows whether
    /// the customer was changed.
    ///
    /// ```no_run
    /// # async fn rename(client: gorgias::Client, id: i64) -> Result<(), gorgias::Error> {
    /// client.customers().update(id).name("Jane Doe").clear_language().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: i64) -> CustomerUpdate {
        CustomerUpdate::new(self.client.clone(), id)
    }

    /// Merges the customer `source` into the customer `target`: moves the
    /// tickets to the target, and deletes the source. A merge can't be undone.
    /// The request is never sent again once it may have arrived.
    ///
    /// The request has to set at least one member of the target, but in the
    /// exchange that we know of, the service didn't apply the change. So give a
    /// member the value that the target has already, such as its name. The
    /// service answers 409 if both customers have data of the same integration.
    ///
    /// ```no_run
    /// # async fn merge(client: gorgias::Client, double: i64, jane: i64) -> Result<(), gorgias::Error> {
    /// use gorgias::api::types::UpdateCustomer;
    ///
    /// let kept = UpdateCustomer::new().name("Jane Doe");
    /// client.customers().merge(double, jane, kept).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn merge(
        &self,
        source: i64,
        target: i64,
        changes: types::UpdateCustomer,
    ) -> MergeCustomers {
        let call = self.client.api().merge_customers(changes);
        call.source_id(source).target_id(target)
    }

    /// Deletes a customer for good. The tickets stay, without a customer.
    pub fn delete(&self, id: i64) -> DeleteCustomer {
        self.client.api().delete_customer(id)
    }
}
