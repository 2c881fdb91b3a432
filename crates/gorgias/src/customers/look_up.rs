//! Finding out whether there is a customer.

use std::collections::HashSet;
use std::time::Duration;

use gorgias_api::calls::ListCustomers;
use gorgias_api::types::Customer;
use gorgias_runtime::support::{CallOptions, OperationCall, read_json};
use gorgias_runtime::{Error, Metadata};

use super::page::{CustomerPage, Listed};
use crate::client::Client;
use crate::evidence::{Defect, Evidence, Look, Reason, has_more_text, look_until_told};
use crate::ticket::{Who, bare_number};

/// The most pages that one look-up reads of a list.
const MOST_PAGES: usize = 25;

/// The most customers that one look-up reads for their addresses.
const MOST_READ: u32 = 100;

/// Looks for a customer by what the list can be asked for.
///
/// # Errors
///
/// Those of reading. An answer that proves nothing is none.
pub(super) async fn look_up(
    client: &Client,
    who: &Who,
    options: CallOptions,
) -> Result<Evidence, Error> {
    let connection = &client.shared().connection;
    let limit = options.limit(connection, Duration::ZERO)?;
    let retry = options.retry(connection);
    let mut requests = Requests {
        client,
        who,
        later: CallOptions {
            part_until: limit.strict_end(),
            ..options.clone()
        },
        first: Some(options),
        read: 0,
    };
    look_until_told(&mut requests, retry, limit.end()).await
}

/// Reads a customer.
///
/// # Errors
///
/// Those of reading.
pub(super) async fn read(
    client: &Client,
    id: i64,
    options: CallOptions,
) -> Result<(Customer, Metadata), Error> {
    let call = client.api().get_customer(id).with_options(options);
    Ok(call.await?.into_parts())
}

/// The requests of one look-up, as parts of one call.
struct Requests<'a> {
    client: &'a Client,
    who: &'a Who,
    first: Option<CallOptions>,
    later: CallOptions,
    /// How many customers were read for their addresses.
    read: u32,
}

/// What a list was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Key,
    Everything,
}

impl Look for Requests<'_> {
    const NOUN: &'static str = "customer";

    async fn look(&mut self) -> Result<Evidence, Error> {
        let list = self.list();
        let filtered = match self.who {
            Who::Email(email) => list.email(email),
            Who::ExternalId(id) => list.external_id(id),
            Who::Channel { kind, address } => list.channel_type(kind).channel_address(address),
            // Nobody asks the list for an id.
            Who::Id(_) => list,
        };
        let told = self.walk(filtered, Of::Key).await?;
        if !matches!(&told, Evidence::None(none) if none.is_of_filter()) {
            return Ok(told);
        }
        self.walk(self.list(), Of::Everything).await
    }
}

impl Requests<'_> {
    /// By creation: new customers come at the end, where a walk gets last.
    fn list(&self) -> ListCustomers {
        let list = self.client.api().list_customers().limit(100);
        list.order_by("created_datetime:asc")
    }

    /// Whether customers have to be read to be told apart.
    fn reads(&self) -> bool {
        matches!(self.who, Who::Channel { .. })
    }

    fn options(&mut self) -> CallOptions {
        self.first.take().unwrap_or_else(|| self.later.clone())
    }

    /// Reads a list to its end, or until it can't be trusted.
    async fn walk(&mut self, mut list: ListCustomers, of: Of) -> Result<Evidence, Error> {
        let mut found = Vec::new();
        let mut doubt = None;
        let mut seen: HashSet<String> = HashSet::new();
        for _ in 0..MOST_PAGES {
            let (page, metadata) = match self.page(&list).await {
                Ok(page) => page,
                // What was found before it is there all the same.
                Err(_) if !found.is_empty() => return Ok(conclude(found, doubt)),
                Err(error) => return Err(error),
            };
            let status = metadata.status().as_u16();
            doubt = doubt.or(page.doubt);
            if has_more_text(metadata.body()) {
                doubt = doubt.or(Some(Reason::Item(Defect::MoreText)));
            }
            if status != 200 {
                doubt = doubt.or(Some(Reason::Status(status)));
            }
            for customer in &page.customers {
                // Each further one would cost a request.
                if self.reads() && !found.is_empty() {
                    return Ok(conclude(found, None));
                }
                match self.is_it(customer).await {
                    Ok(Some(true)) => found.push(customer.id),
                    Ok(Some(false)) if of == Of::Key => {
                        return Ok(conclude(found, Some(Reason::UnfitFilter)));
                    }
                    Ok(Some(false)) => {}
                    Ok(None) => return Ok(conclude(found, Some(Reason::TooLong))),
                    Err(_) if !found.is_empty() => return Ok(conclude(found, doubt)),
                    Err(error) => return Err(error),
                }
            }
            let Some(cursor) = page.next else {
                return Ok(conclude(found, doubt));
            };
            if !seen.insert(cursor.clone()) {
                return Ok(conclude(found, Some(Reason::Repeats)));
            }
            list = list.cursor(cursor);
        }
        Ok(conclude(found, Some(Reason::TooLong)))
    }

    async fn page(&mut self, list: &ListCustomers) -> Result<(CustomerPage, Metadata), Error> {
        let list = list.clone().with_options(self.options());
        Ok(list.read_as(read_json::<CustomerPage>).await?.into_parts())
    }

    /// Whether it is the customer that is looked for. None when too many were read
    /// to tell.
    async fn is_it(&mut self, customer: &Listed) -> Result<Option<bool>, Error> {
        let (kind, address) = match self.who {
            Who::Id(id) => return Ok(Some(customer.id == *id)),
            Who::Email(email) => {
                let own = customer.email.as_deref().map(str::to_lowercase);
                return Ok(Some(own == Some(email.to_lowercase())));
            }
            Who::ExternalId(id) => return Ok(Some(customer.external_id.as_ref() == Some(id))),
            Who::Channel { kind, address } => (kind, address),
        };
        if self.read >= MOST_READ {
            return Ok(None);
        }
        self.read = self.read.saturating_add(1);
        let options = self.options();
        let customer = match read(self.client, customer.id, options).await {
            Ok((customer, _)) => customer,
            // It was deleted meanwhile.
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

/// Whether two addresses of a kind are the same, however they are written.
fn is_same(kind: &str, one: &str, other: &str) -> bool {
    match kind {
        "phone" | "sms" | "whatsapp" => bare_number(one) == bare_number(other),
        _ => one.to_lowercase() == other.to_lowercase(),
    }
}

fn conclude(found: Vec<i64>, doubt: Option<Reason>) -> Evidence {
    Evidence::of(found, doubt, Requests::NOUN)
}
