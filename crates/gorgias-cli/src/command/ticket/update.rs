//! `gorgias ticket update` and `gorgias ticket close`.

use clap::Args;
use gorgias::Client;
use gorgias::api::JsonBody;
use gorgias::api::types::{TicketPriority, TicketStatus, UpdateTicket};
use serde_json::{Map, Value, json};

use super::details::TicketDetails;
use crate::assignment::{self, Assignment};
use crate::calls::read;
use crate::command::write_arguments::WriteArguments;
use crate::failure::Failure;
use crate::input::{Input, body, insert};
use crate::output::ticket_text;
use crate::values;

const AFTER_UPDATE: &str = "\
Members that aren't named stay as they are. The service replaces all values of
custom fields at once, so that with --field the ticket's values are read first
and sent along. It may replace all of meta too; only the members of --meta are
sent.

Examples:
  gorgias ticket update 80400317 --priority high --assign agent@acme.example
  gorgias ticket update 80400317 --assign none --team Returns
  gorgias ticket update 80400317 --field 'Contact reason=Shipping::Late'
  gorgias ticket update 80400317 --set spam=true --set snooze_datetime=null
  gorgias ticket update 80400317 --status closed --dry-run";

const AFTER_CLOSE: &str = "\
Closing a closed ticket changes only its updated_datetime.

Examples:
  gorgias ticket close 80400317
  gorgias ticket update 80400317 --status open";

/// Change a ticket
#[derive(Args)]
#[command(after_help = AFTER_UPDATE)]
pub(crate) struct UpdateArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// Start from the request body in this JSON file (- for standard input)
    #[arg(long, value_name = "FILE")]
    file: Option<Input>,

    /// Set any member of the request body, as in spam=true. VALUE is JSON, or text
    /// where the member is a text; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Assignment>,

    /// The subject, at most 998 characters
    #[arg(long, help_heading = "Ticket")]
    subject: Option<String>,

    /// The priority: critical, high, normal or low
    #[arg(long, help_heading = "Ticket", value_parser = values::of(TicketPriority::KNOWN))]
    priority: Option<String>,

    #[command(flatten)]
    details: TicketDetails,

    #[command(flatten)]
    write: WriteArguments,
}

/// Close a ticket
#[derive(Args)]
#[command(after_help = AFTER_CLOSE)]
pub(crate) struct CloseArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn update(arguments: UpdateArguments) -> Result<(), Failure> {
    let (id, details) = (arguments.id, &arguments.details);
    let mut body = body(arguments.file.as_ref())?;
    let given = [
        ("subject", &arguments.subject),
        ("priority", &arguments.priority),
    ];
    insert(&mut body, given);
    let client = details
        .looks_up()
        .then(|| arguments.write.connection.client());
    let client = client.transpose()?;
    if let Some(members) = body.as_object_mut() {
        let is_set = members.contains_key("custom_fields");
        if let (true, false, Some(client)) = (details.has_fields(), is_set, &client) {
            let values = custom_fields(client, id).await?;
            members.insert("custom_fields".to_owned(), values);
        }
    }
    details.apply(&mut body, client.as_ref()).await?;
    assignment::set(&mut body, &arguments.set, UpdateTicket::validate_json)?;
    if body.as_object().is_some_and(Map::is_empty) {
        return Err(Failure::invalid("say what to change of the ticket")
            .hint("gorgias ticket update --help has examples"));
    }
    let body = JsonBody::json(body.to_string());
    send(id, body, client, &arguments.write).await
}

pub(super) async fn close(arguments: CloseArguments) -> Result<(), Failure> {
    let body = UpdateTicket::new().status(TicketStatus::Closed);
    send(arguments.id, body, None, &arguments.write).await
}

/// Changes a ticket. `client` makes the call; if it is `None`, a new client does.
async fn send(
    id: i64,
    body: impl Into<JsonBody<UpdateTicket>>,
    client: Option<Client>,
    write: &WriteArguments,
) -> Result<(), Failure> {
    let call = |client: &Client| client.api().update_ticket(id, body);
    let check = format!("look whether it was changed: gorgias ticket get {id}");
    write.run(client, call, &check, ticket_text).await
}

/// The ticket's values of custom fields, in the form of a request.
async fn custom_fields(client: &Client, id: i64) -> Result<Value, Failure> {
    let values = read(client.api().list_ticket_custom_fields(id)).await?;
    let values = values.data.iter().filter_map(|item| {
        let id = item.field.as_ref().map(|field| field.id).or(item.id)?;
        let value = item.value.as_ref()?;
        Some(json!({ "id": id, "value": value }))
    });
    Ok(values.collect())
}
