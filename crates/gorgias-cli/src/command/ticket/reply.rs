//! `gorgias ticket reply` and `gorgias ticket note`: add a message to a ticket, with
//! `--once` at most once.

use clap::Args;
use gorgias::{Contact, ExternalId, NewMessage};

use super::message::{ContentArguments, MessageArguments};
use super::once_arguments::OnceArguments;
use super::settle::{note_duplicates, note_how};
use crate::calls::{print_request, send};
use crate::command::write_arguments::WriteArguments;
use crate::contact;
use crate::failure::Failure;
use crate::output::message_text;
use crate::shell::quoted;
use crate::values;

const AFTER_REPLY: &str = "\
Nothing is e-mailed by accident: a message of an agent needs --send-now, which
sends it to the customer, or --sent-at, which only records it.

Examples:
  # The customer gets this.
  gorgias ticket reply 80400317 --outgoing --agent agent@acme.example \\
      --from support@acme.example --to jane@example.com --send-now --text 'It is on its way.'

  # The same, safe to run again: it is sent once.
  gorgias ticket reply 80400317 --once --external-id shipped-1234 --outgoing \\
      --agent agent@acme.example --from support@acme.example --to jane@example.com \\
      --send-now --text 'It is on its way.'

  # What the customer said elsewhere.
  gorgias ticket reply 80400317 --from jane@example.com --channel phone --text 'She called.'";

const AFTER_NOTE: &str = "\
Examples:
  gorgias ticket note 80400317 --agent agent@acme.example --text 'The warehouse is looking.'
  gorgias ticket note 80400317 --once --external-id scan-77 --agent agent@acme.example \\
      --text 'Scanned in Lyon.'";

/// Add a message to a ticket, from the customer or to them
#[derive(Args)]
#[command(after_help = AFTER_REPLY)]
pub(crate) struct ReplyArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// With --outgoing: send the message to the customer
    #[arg(long, requires = "outgoing", conflicts_with = "sent_at")]
    send_now: bool,

    #[command(flatten)]
    message: MessageArguments,

    #[command(flatten)]
    add: AddArguments,
}

/// Add a note to a ticket, which only agents see
#[derive(Args)]
#[command(after_help = AFTER_NOTE)]
pub(crate) struct NoteArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// The agent who wrote it, by e-mail address or by id (id:3107)
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    agent: Contact,

    #[command(flatten)]
    content: ContentArguments,

    #[command(flatten)]
    add: AddArguments,
}

/// The arguments that a reply and a note share.
#[derive(Args)]
struct AddArguments {
    /// Your own id for the message, by which it can be found again
    #[arg(long, value_name = "ID")]
    external_id: Option<ExternalId>,

    /// Never add a second message with the same external id to the ticket: look for the
    /// message first, and if no answer shows whether a request added it, look again in
    /// place of sending it again
    #[arg(long, requires = "external_id")]
    once: bool,

    #[command(flatten)]
    once_arguments: OnceArguments,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn reply(arguments: ReplyArguments) -> Result<(), Failure> {
    let flags = &arguments.message;
    if !flags.has_content() {
        return Err(
            Failure::invalid("say what the message is with --text or --html")
                .hint("gorgias ticket reply --help has examples"),
        );
    }
    let (message, _) = flags.message(arguments.send_now)?;
    let message = flags.with_subject(message);
    arguments.add.send(arguments.id, message).await
}

pub(super) async fn note(arguments: NoteArguments) -> Result<(), Failure> {
    if !arguments.content.is_given() {
        return Err(
            Failure::invalid("say what the note is with --text or --html")
                .hint("gorgias ticket note --help has examples"),
        );
    }
    let note = NewMessage::internal_note(arguments.agent);
    let note = arguments.content.set(note);
    arguments.add.send(arguments.id, note).await
}

impl AddArguments {
    /// Adds a message to the ticket with this id.
    async fn send(&self, ticket: i64, mut message: NewMessage) -> Result<(), Failure> {
        let once = &self.once_arguments;
        if !self.once {
            once.refuse_without_once()?;
        }
        if let Some(id) = &self.external_id {
            message = message.external_id(id.as_str());
        }
        if self.write.dry_run {
            return print_request(|client| client.tickets().reply(ticket, message)).await;
        }
        let client = once.client(self.write.connection.builder()?).await?;
        let tickets = client.tickets();
        let call = match (&self.external_id, self.once) {
            (Some(id), true) => {
                // The journal may be newer than the message, and then doesn't know its
                // id. So the helpdesk is asked first.
                let call = tickets.reply_once(ticket, id.clone(), message);
                call.look_first(true).settle(once.policy()).into_future()
            }
            _ => tickets.reply(ticket, message).into_future(),
        };
        let check = self.how_to_settle(ticket);
        let replied = send(call, "the message may be added", &check).await?;
        note_how("message", replied.how());
        note_duplicates("messages of the ticket", replied.duplicates());
        let output = &self.write.output;
        output.print(&replied.message, replied.metadata(), message_text)
    }

    /// How to find out whether the message was added.
    fn how_to_settle(&self, ticket: i64) -> String {
        let Some(id) = &self.external_id else {
            return format!("look for it before sending again: gorgias ticket messages {ticket}");
        };
        let id = quoted(id.as_str());
        let journal = self.once_arguments.journal();
        let journal = journal.map_or_else(String::new, |path| {
            format!(" --journal {}", quoted(&path.to_string_lossy()))
        });
        format!("find out: gorgias ticket settle --ticket {ticket} --external-id {id}{journal}")
    }
}
