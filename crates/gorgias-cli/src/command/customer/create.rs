//! `gorgias customer create`.

use clap::Args;
use gorgias::Client;
use gorgias::api::JsonBody;
use gorgias::api::types::CreateAccountCustomer;
use serde_json::{Value, json};

use super::details::Details;
use super::shown::show;
use crate::command::write::WriteArguments;
use crate::failure::Failure;
use crate::phone;

const AFTER_HELP: &str = "\
An e-mail address that another customer has is refused. A ticket makes its
customer by itself: ticket create needs none beforehand.

Examples:
  gorgias customer create --name 'Jane Doe' --email jane@example.com
  gorgias customer create --name 'Sam Poe' --phone '+1 555 0100' --external-id shop-77
  gorgias customer create --file customer.json --dry-run";

/// Create a customer
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CreateArguments {
    /// A phone number with its country code; may be given several times
    #[arg(long, value_name = "NUMBER", help_heading = "Customer", value_parser = phone::parse)]
    phone: Vec<String>,

    #[command(flatten)]
    details: Details,

    #[command(flatten)]
    pub(super) write: WriteArguments,
}

pub(super) async fn run(arguments: CreateArguments) -> Result<(), Failure> {
    let details = &arguments.details;
    let mut body = details.start()?;
    if let Some(members) = body.as_object_mut() {
        let email = members.get("email").cloned();
        let email = email.filter(Value::is_string).map(|it| ("email", it));
        let phones = arguments.phone.iter().map(|it| ("phone", json!(it)));
        members
            .entry("channels")
            .or_insert_with(|| channels(email.into_iter().chain(phones)));
    }
    let body = details.finish(body, CreateAccountCustomer::validate_json)?;
    let call = |client: &Client| client.api().create_customer(JsonBody::json(body));
    let check = "look for the customer: gorgias customer find";
    let customer = arguments.write.send(None, call, check).await?;
    show(customer, &arguments.write.output)
}

/// The ways to reach a customer, of which the first of each kind is preferred.
fn channels<'a>(addresses: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let mut before = "";
    let channels = addresses.map(|(kind, address)| {
        let preferred = kind != before;
        before = kind;
        json!({ "type": kind, "address": address, "preferred": preferred })
    });
    channels.collect()
}
