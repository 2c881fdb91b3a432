//! `gorgias ticket delete`.

use clap::Args;
use gorgias::Client;

use crate::calls::read;
use crate::command::confirmation::Confirmation;
use crate::command::write_arguments::WriteArguments;
use crate::failure::Failure;
use crate::output::note;
use crate::values;

const AFTER_HELP: &str = "\
The ticket is deleted for good, with its messages and tags. To move it to the
trash, from where it can be restored: ticket update --set trashed_datetime=TIME.

Examples:
  gorgias ticket delete 80400317
  gorgias ticket delete 80400317 --yes
  gorgias ticket delete 80400317 --dry-run";

/// Delete a ticket for good
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct DeleteArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    confirmation: Confirmation,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn run(arguments: DeleteArguments) -> Result<(), Failure> {
    let DeleteArguments {
        id,
        confirmation,
        write,
    } = arguments;
    let mut client = None;
    if !write.dry_run {
        let mut what = format!("this deletes ticket {id} for good, with its messages");
        if confirmation.is_asked() {
            let client = client.insert(write.connection.client()?);
            what = format!("{what}: {}", described(client, id).await?);
        }
        confirmation.require(&what)?;
    }
    let check = format!("look whether it exists: gorgias ticket get {id}");
    let call = |client: &Client| client.api().delete_ticket(id);
    if write.send(client, call, &check).await?.is_some() {
        note(&format!("ticket {id} is deleted"));
    }
    Ok(())
}

/// The subject and the number of messages, for the confirmation.
async fn described(client: &Client, id: i64) -> Result<String, Failure> {
    let ticket = read(client.api().get_ticket(id)).await?;
    let messages = match ticket.messages.len() {
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    };
    Ok(match ticket.subject.as_deref() {
        None | Some("") => messages,
        Some(subject) => format!("{subject:?}, {messages}"),
    })
}
