//! Sending a reply.

use bytes::Bytes;
use gorgias_api::JsonBody;
use gorgias_api::operations::CREATE_TICKET_MESSAGE;
use gorgias_api::types::TicketMessage;
use gorgias_runtime::support::{CallOptions, Context, OperationCall, execute_within, read_json};
use gorgias_runtime::{Error, Metadata};

use crate::client::Client;
use crate::ticket::NewMessage;

/// A message that was checked and made into the body of a request.
pub(crate) struct Prepared {
    pub(crate) body: Bytes,
    external_id: Option<String>,
}

/// Checks a message, and makes it into the body of a request.
pub(crate) fn prepare(client: &Client, message: &NewMessage) -> Result<Prepared, Error> {
    client.shared().connection.accept(message.examine())?;
    Ok(Prepared {
        body: message.to_json()?.into(),
        external_id: message.sent_external_id().map(str::to_owned),
    })
}

/// Sends a message, as often as it provably isn't applied.
pub(crate) async fn send(
    client: &Client,
    ticket_id: i64,
    prepared: &Prepared,
    context: Context<'_>,
) -> Result<(TicketMessage, Metadata), Error> {
    let body = JsonBody::checked(prepared.body.clone());
    let draft = client.api().create_ticket_message(ticket_id, body).draft();
    let request = draft.finish(CallOptions::default())?;
    let connection = &client.shared().connection;
    let answer = execute_within(
        connection,
        &CREATE_TICKET_MESSAGE,
        request,
        context,
        read_json::<TicketMessage>,
    )
    .await?;
    let (message, metadata) = answer.into_parts();
    if let (Some(sent), Some(answered)) = (&prepared.external_id, &message.external_id)
        && sent != answered
    {
        let error = connection.mismatch(&metadata, message.id);
        return Err(error.of(CREATE_TICKET_MESSAGE.id(), CREATE_TICKET_MESSAGE.effect()));
    }
    Ok((message, metadata))
}
