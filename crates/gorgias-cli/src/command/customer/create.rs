//! `gorgias customer create`.

use clap::Args;
use gorgias::api::types::CreateAccountCustomer;
use gorgias::{How, NewCustomer, SettlePolicy};
use serde_json::{Value, json};

use super::details::CustomerDetails;
use super::text::text;
use crate::calls::{print_request, send};
use crate::command::settle_arguments::SettleTimeArguments;
use crate::command::write_arguments::WriteArguments;
use crate::connection::build;
use crate::contact;
use crate::failure::Failure;
use crate::output::note;
use crate::shell::quoted;

const AFTER_HELP: &str = "\
An e-mail address that another customer has is refused. ticket create creates
the customer of a ticket, so that none is needed beforehand.

When the answer is lost, nothing is sent again: the command looks for a customer
with this address or external id. A customer who is found may have been there before.

Examples:
  gorgias customer create --name 'Jane Doe' --email jane@example.com
  gorgias customer create --name 'Sam Poe' --phone '+1 555 0100' --external-id shop-77
  gorgias customer create --file customer.json --dry-run";

/// Create a customer
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CreateArguments {
    /// A phone number with its country code; may be given several times
    #[arg(long, value_name = "NUMBER", help_heading = "Customer", value_parser = contact::phone)]
    phone: Vec<String>,

    #[command(flatten)]
    details: CustomerDetails,

    #[command(flatten)]
    settle_time: SettleTimeArguments,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn run(arguments: CreateArguments) -> Result<(), Failure> {
    let body = arguments.body()?;
    let check = how_to_find(&body);
    let customer = NewCustomer::from_value(body).map_err(Failure::of_write)?;
    let write = &arguments.write;
    if write.dry_run {
        let body = CreateAccountCustomer::from(customer);
        return print_request(|client| client.api().create_customer(body)).await;
    }
    let policy = SettlePolicy::default().waits(arguments.settle_time.waits());
    let client = build(write.connection.builder()?.settle(policy))?;
    let call = client.customers().create(customer);
    let created = send(call, "it may be applied", &check).await?;
    if created.how() == How::FoundAfterAmbiguity {
        note(
            "the answer was lost, and a customer with this address or external id was found \
             afterwards; this customer may have been there before",
        );
    }
    let output = &write.output;
    output.print(&created.customer, created.metadata(), text)
}

impl CreateArguments {
    /// The request body, which isn't checked yet.
    fn body(&self) -> Result<Value, Failure> {
        let mut body = self.details.start()?;
        if let Some(members) = body.as_object_mut() {
            let email = members.get("email").cloned();
            let email = email.filter(Value::is_string).map(|it| ("email", it));
            let phones = self.phone.iter().map(|it| ("phone", json!(it)));
            members
                .entry("channels")
                .or_insert_with(|| channels(email.into_iter().chain(phones)));
        }
        self.details
            .finish(body, CreateAccountCustomer::validate_json)
    }
}

/// How to find out whether the customer of a request body was created.
fn how_to_find(body: &Value) -> String {
    let text = |pointer| body.pointer(pointer).and_then(Value::as_str);
    let who = match (text("/email"), text("/external_id")) {
        (Some(address), _) => quoted(address),
        (None, Some(id)) => format!("--external-id {}", quoted(id)),
        (None, None) => text("/channels/0/address").map_or_else(|| "WHO".to_owned(), quoted),
    };
    format!("look for the customer before sending again: gorgias customer find {who}")
}

/// Returns the channels of a customer. The first channel of each type is the preferred
/// one of that type. Addresses of one type must follow one another.
fn channels<'a>(addresses: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let mut before = "";
    let channels = addresses.map(|(kind, address)| {
        let preferred = kind != before;
        before = kind;
        json!({ "type": kind, "address": address, "preferred": preferred })
    });
    channels.collect()
}
