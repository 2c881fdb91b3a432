//! `gorgias customer merge`.

use clap::Args;
use gorgias::api::types::{Customer, UpdateCustomer};
use gorgias::{Client, Response};

use super::text::{described, text};
use crate::command::confirmation::Confirmation;
use crate::command::write_arguments::WriteArguments;
use crate::failure::Failure;
use crate::values;

const AFTER_HELP: &str = "\
The tickets and other data of the first customer go to the second one, and the
first one is deleted. In a recorded merge, the channels of the first one did not
appear on the second one. A merge can't be undone. The command reads both
customers before it merges them, so a second run fails: the first customer no
longer exists.

Examples:
  gorgias customer merge 511020045 --into 511020044
  gorgias customer merge 511020045 --into 511020044 --yes";

/// Merge a customer into another one, and delete the merged one
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct MergeArguments {
    /// The id of the customer that is merged and deleted
    #[arg(value_name = "ID", value_parser = values::id())]
    source: i64,

    /// The id of the customer that stays
    #[arg(long, value_name = "ID", value_parser = values::id())]
    into: i64,

    #[command(flatten)]
    confirmation: Confirmation,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn run(arguments: MergeArguments) -> Result<(), Failure> {
    let (source, target) = (arguments.source, arguments.into);
    if source == target {
        return Err(Failure::invalid("a customer can't be merged into itself"));
    }
    let client = arguments.write.connection.client()?;
    let merged = read(&client, source).await?;
    let stays = read(&client, target).await?;
    if !arguments.write.dry_run {
        arguments.confirmation.require(&format!(
            "this moves the tickets and other data of {} to {}, and deletes customer {source} for \
             good",
            described(&merged),
            described(&stays)
        ))?;
    }
    // The service requires at least one member in the body, so the body repeats the
    // target's name.
    let body = match stays.name.as_deref() {
        Some(name) => UpdateCustomer::new().name(name),
        None => UpdateCustomer::new().clear_name(),
    };
    let call = |client: &Client| {
        let call = client.api().merge_customers(body);
        call.source_id(source).target_id(target)
    };
    let check =
        format!("the merge was applied if this finds no customer: gorgias customer get {source}");
    let write = &arguments.write;
    write.run(Some(client), call, &check, text).await
}

async fn read(client: &Client, id: i64) -> Result<Response<Customer>, Failure> {
    let customer = client.api().get_customer(id).await;
    customer.map_err(|error| Failure::of_read(&error).details([format!("customer {id}")]))
}
