//! `gorgias customer update`.

use clap::Args;
use gorgias::Client;
use gorgias::api::JsonBody;
use gorgias::api::types::UpdateCustomer;
use serde_json::Map;

use super::details::CustomerDetails;
use super::text::text;
use crate::command::write_arguments::WriteArguments;
use crate::failure::Failure;
use crate::values;

const AFTER_HELP: &str = "\
Members that aren't named stay as they are. Channels, which only --set and
--file can give, replace all channels of the customer.

Examples:
  gorgias customer update 511020044 --name 'Jane Roe' --language fr
  gorgias customer update 511020044 --set timezone=null --dry-run";

/// Change a customer
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct UpdateArguments {
    /// The customer's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    details: CustomerDetails,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn run(arguments: UpdateArguments) -> Result<(), Failure> {
    let (id, details) = (arguments.id, &arguments.details);
    let body = details.finish(details.start()?, UpdateCustomer::validate_json)?;
    if body.as_object().is_some_and(Map::is_empty) {
        return Err(Failure::invalid("say what to change of the customer")
            .hint("gorgias customer update --help has examples"));
    }
    let call = |client: &Client| {
        client
            .api()
            .update_customer(id, JsonBody::json(body.to_string()))
    };
    let check = format!("look whether it was changed: gorgias customer get {id}");
    arguments.write.run(None, call, &check, text).await
}
