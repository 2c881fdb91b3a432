//! Finds out whether a customer with an address or an id exists.

use std::ops::ControlFlow;

use gorgias_api::calls::ListCustomers;
use gorgias_api::types::Customer;
use gorgias_runtime::support::{CallOptions, OperationCall};
use gorgias_runtime::{Error, Metadata};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::client::Client;
use crate::evidence::{
    Asked, Defect, Evidence, Item, Key, Keys, PagedList, Reason, RequestOptions, look_until_proof,
    object,
};
use crate::ticket::{Identity, bare_number};

/// The most customers that one look-up reads, one by one, for their addresses.
const MOST_READ: u32 = 100;

/// Looks for a customer in the service's list, by e-mail address, external id
/// or another address.
///
/// # Errors
///
/// When a request fails. An answer that proves nothing is not an error.
pub(super) async fn look_up(
    client: &Client,
    identity: &Identity,
    options: CallOptions,
) -> Result<Evidence, Error> {
    let list = CustomerList {
        client,
        identity,
        read: 0,
    };
    look_until_proof(client.connection(), options, list).await
}

/// Reads a customer.
///
/// # Errors
///
/// When the request fails.
pub(super) async fn read(
    client: &Client,
    id: i64,
    options: CallOptions,
) -> Result<(Customer, Metadata), Error> {
    let call = client.api().get_customer(id).with_options(options);
    Ok(call.await?.into_parts())
}

/// The list of customers in which a look-up searches for one customer.
struct CustomerList<'a> {
    client: &'a Client,
    identity: &'a Identity,
    /// How many customers were read for their addresses.
    read: u32,
}

impl PagedList for CustomerList<'_> {
    const NOUN: &'static str = "customer";
    type Call = ListCustomers;
    type Item = Listed;

    fn list(&mut self, asked: Asked) -> ListCustomers {
        // Ordered by creation, so that customers who are created while the list is
        // read come at its end.
        let list = self.client.api().list_customers().limit(100);
        let list = list.order_by("created_datetime:asc");
        match (asked, self.identity) {
            (Asked::Key, Identity::Email(email)) => list.email(email),
            (Asked::Key, Identity::ExternalId(id)) => list.external_id(id),
            (Asked::Key, Identity::Channel { kind, address }) => {
                list.channel_type(kind).channel_address(address)
            }
            // The list has no filter for ids. `find` reads a customer by id
            // without this list.
            (Asked::Key, Identity::Id(_)) | (Asked::Everything, _) => list,
        }
    }

    fn next(&mut self, page: &Keys<Listed>) -> Result<Option<String>, Reason> {
        page.next_cursor().map_err(|_| Reason::NoList)
    }

    async fn collect(
        &mut self,
        customers: Vec<Listed>,
        asked: Asked,
        requests: &mut RequestOptions,
        found: &mut Vec<i64>,
    ) -> Result<ControlFlow<Reason, Option<Reason>>, Error> {
        for customer in &customers {
            // Checking each further customer would cost a request. The reason is
            // ignored, because a customer was found.
            if matches!(self.identity, Identity::Channel { .. }) && !found.is_empty() {
                return Ok(ControlFlow::Break(Reason::TooLong));
            }
            match self.matches(customer, requests).await? {
                Some(true) => found.push(customer.id),
                Some(false) if asked == Asked::Key => {
                    return Ok(ControlFlow::Break(Reason::Unfiltered));
                }
                Some(false) => {}
                None => return Ok(ControlFlow::Break(Reason::TooLong)),
            }
        }
        Ok(ControlFlow::Continue(None))
    }
}

impl CustomerList<'_> {
    /// Whether a listed customer is the one that is looked for. `None` if the
    /// customer would have to be read for this, and [`MOST_READ`] customers
    /// were read already.
    async fn matches(
        &mut self,
        customer: &Listed,
        requests: &mut RequestOptions,
    ) -> Result<Option<bool>, Error> {
        let (kind, address) = match self.identity {
            Identity::Id(id) => return Ok(Some(customer.id == *id)),
            Identity::Email(email) => {
                let own = customer.email.as_deref().map(str::to_lowercase);
                return Ok(Some(own == Some(email.to_lowercase())));
            }
            Identity::ExternalId(id) => return Ok(Some(customer.external_id.as_ref() == Some(id))),
            Identity::Channel { kind, address } => (kind, address),
        };
        if self.read >= MOST_READ {
            return Ok(None);
        }
        self.read = self.read.saturating_add(1);
        let customer = match read(self.client, customer.id, requests.next()).await {
            Ok((customer, _)) => customer,
            // The customer was deleted meanwhile.
            Err(error) if error.is_not_found() => return Ok(Some(false)),
            Err(error) => return Err(error),
        };
        let has = customer.channels.iter().any(|channel| {
            let own = channel.address.as_deref().unwrap_or_default();
            channel.type_.as_ref() == Some(kind) && is_same(kind, own, address)
        });
        Ok(Some(has))
    }
}

/// Whether two addresses of a channel type are equal. Spaces and punctuation in
/// phone numbers, and upper and lower case in other addresses, make no
/// difference.
fn is_same(kind: &str, one: &str, other: &str) -> bool {
    match kind {
        "phone" | "sms" | "whatsapp" => bare_number(one) == bare_number(other),
        _ => one.to_lowercase() == other.to_lowercase(),
    }
}

/// The members of a listed customer by which a look-up recognises it.
struct Listed {
    id: i64,
    external_id: Option<String>,
    email: Option<String>,
}

impl Key for Listed {
    fn read(text: &str) -> Result<Self, Defect> {
        // A missing member is an error, because it proves nothing. Null means
        // that the customer has no e-mail address.
        #[derive(Deserialize)]
        struct Members<'a> {
            #[serde(borrow)]
            email: &'a RawValue,
        }

        let item = Item::read(text)?;
        let members: Members<'_> = object(text).ok_or(Defect::Address)?;
        let email = serde_json::from_str(members.email.get());
        Ok(Self {
            id: item.id,
            external_id: item.external_id,
            email: email.map_err(|_| Defect::Address)?,
        })
    }
}
