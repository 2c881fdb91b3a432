//! Checks and sends a reply, for `reply` and `reply_once`.

use gorgias_api::JsonBody;
use gorgias_api::operations::CREATE_TICKET_MESSAGE;
use gorgias_api::types::TicketMessage;
use gorgias_runtime::support::{Context, OperationCall};
use gorgias_runtime::{Error, Response};

use crate::client::Client;
use crate::creation::Prepared;
use crate::ticket::NewMessage;

/// Checks a message, and makes it into the body of a request.
pub(crate) fn prepare(client: &Client, message: &NewMessage) -> Result<Prepared, Error> {
    let (found, body) = (message.examine(), message.to_json());
    let connection = client.connection();
    Prepared::new(connection, found, body, message.sent_external_id())
}

/// Sends a message, and repeats it only while the last attempt provably wasn't
/// applied.
pub(crate) async fn send(
    client: &Client,
    ticket_id: i64,
    prepared: &Prepared,
    context: Context<'_>,
) -> Result<Response<TicketMessage>, Error> {
    let body = JsonBody::checked(prepared.body.clone());
    let draft = client.api().create_ticket_message(ticket_id, body).draft();
    let request = draft.finish()?;
    let connection = client.connection();
    let sent = prepared.send(connection, &CREATE_TICKET_MESSAGE, request, context);
    sent.await
}
