//! `gorgias ticket create`.

mod curl;
mod draft;
mod ticket;

use std::path::{Path, PathBuf};

use clap::Args;
use gorgias::api::types::CreateTicket;
use gorgias::{Client, Created, Delivery, ExternalId, LookUp, NewTicket, Pending, Tickets};
use serde_json::Value;

use self::draft::Draft;
use self::ticket::TicketArguments;
use super::details::TicketDetails;
use super::once_arguments::OnceArguments;
use super::settle::{note_duplicates, note_how};
use crate::assignment::{self, Assignment};
use crate::calls::{interruptible, read};
use crate::command::upload;
use crate::connection::ConnectionArguments;
use crate::exit::Exit;
use crate::failure::{Failure, located};
use crate::input::Input;
use crate::output::{OutputArguments, note, print, ticket_text};

const AFTER_HELP: &str = "\
The ticket is checked in full before anything is sent. Every problem is named
with a JSON pointer into the request body.

Examples:
  # A customer's question, handed in by code: channel api.
  gorgias ticket create --from jane@example.com --subject 'Where is my order?' \\
      --text 'Order 1234 has not arrived.' --tag shipping --external-id order-1234

  # The same, safe to run again: there will be one ticket.
  gorgias ticket create --once --external-id order-1234 --from jane@example.com \\
      --text 'Order 1234 has not arrived.'

  # And safe through crashes and several of it at once on one machine.
  gorgias ticket create --once --journal tickets.journal --external-id order-1234 \\
      --from jane@example.com --text 'Order 1234 has not arrived.'

  # An e-mail that a customer sent.
  gorgias ticket create --channel email --from 'Sam Poe <sam@example.com>' \\
      --to support@acme.example --subject 'Broken on arrival' --text 'In two pieces.'

  # An e-mail to a customer that was sent already. --send-now would send it.
  gorgias ticket create --outgoing --agent agent@acme.example --from support@acme.example \\
      --to jane@example.com --sent-at 2026-03-02T11:00:05Z --text 'We have refunded it.'

  # A note that only agents see.
  gorgias ticket create --note --agent agent@acme.example --customer jane@example.com \\
      --text 'Expect late deliveries.'

  # With files, which are uploaded first.
  gorgias ticket create --from jane@example.com --text 'Broken.' --attach vase.jpg

  # Closed, with an agent, a custom field and data of your own.
  gorgias ticket create --from jane@example.com --text Hello. --status closed \\
      --assign id:3107 --meta tier=1

  # Members that have no flag.
  gorgias ticket create --from jane@example.com --text Hello. \\
      --set language=fr --set messages.0.sender.timezone=Europe/Paris --set meta.tier=1

  # A whole request body, and a look at what would be sent.
  gorgias ticket create --file ticket.json
  gorgias ticket create --file - --dry-run < ticket.json
  gorgias ticket create --from jane@example.com --text Hello. --dry-run --curl";

/// Create a ticket
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CreateArguments {
    /// Send the request body in this JSON file (- for standard input), with
    /// nothing added and nothing left out
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["TicketArguments", "MessageArguments", "ContentArguments"]
    )]
    file: Option<Input>,

    /// Set any member of the request body, as in messages.0.public=false. VALUE is
    /// JSON, or text where the member is a text; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Assignment>,

    /// Upload this file, and attach it to the first message; may be given several
    /// times
    #[arg(long, value_name = "FILE", conflicts_with = "journal")]
    attach: Vec<PathBuf>,

    /// Let the helpdesk send the customer messages of agents that don't say when they
    /// were sent: an --outgoing message without --sent-at, or messages in --file
    #[arg(long, conflicts_with_all = ["sent_at", "note"])]
    send_now: bool,

    /// Never create a second ticket with the same external id: look for the ticket
    /// first, and if no answer shows whether a request created it, look again in place
    /// of sending it again
    #[arg(long)]
    once: bool,

    #[command(flatten)]
    once_arguments: OnceArguments,

    /// Print the request body in place of sending it, and on standard error the parts
    /// that the service may refuse; needs no account
    #[arg(long)]
    dry_run: bool,

    /// With --dry-run, print a curl command. It takes the credentials from the
    /// environment; while curl runs, they are among its arguments, which other
    /// users of the machine may see
    #[arg(long, requires = "dry_run", conflicts_with = "emulator")]
    curl: bool,

    #[command(flatten)]
    ticket: TicketArguments,

    #[command(flatten)]
    details: TicketDetails,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: CreateArguments) -> Result<(), Failure> {
    let mut client = None;
    if arguments.details.looks_up() {
        client = Some(arguments.client().await?);
    }
    let draft = arguments.draft(client.as_ref()).await?;
    let by_flags = arguments.file.is_none() && arguments.set.is_empty();
    let may_send = !by_flags || arguments.ticket.is_outgoing();
    if !(arguments.send_now || arguments.dry_run) {
        draft.refuse_to_send()?;
    } else if arguments.send_now && !may_send {
        return Err(Failure::invalid("--send-now needs --outgoing or --file"));
    }
    let once = match arguments.once {
        true => Some(draft.once()?),
        false => {
            arguments.once_arguments.refuse_without_once()?;
            None
        }
    };
    if arguments.dry_run {
        return dry_run(&arguments, &draft);
    }
    let client = match client {
        Some(client) => client,
        None => arguments.client().await?,
    };
    let tickets = client.tickets();
    // If the ticket exists already, its files aren't uploaded.
    let is_there = match &once {
        Some(id) if !arguments.attach.is_empty() => is_there(&tickets, id).await?,
        _ => false,
    };
    let draft = match is_there {
        true => draft,
        false => draft.attach(upload::all(&client, &arguments.attach).await?)?,
    };
    let ticket = draft.ticket.clone();
    let created = match once {
        None => send(tickets.create(ticket).into_future(), &draft, None).await?,
        Some(id) => {
            // The journal may be newer than the ticket, and then doesn't know its id.
            // So the helpdesk is asked first.
            let call = tickets.create_once(id, ticket).look_first(true);
            let call = call.settle(arguments.once_arguments.policy());
            send(
                call.into_future(),
                &draft,
                arguments.once_arguments.journal(),
            )
            .await?
        }
    };
    note_how("ticket", created.how());
    note_duplicates("tickets", created.duplicates());
    let output = &arguments.output;
    let printed = output.print(&created.ticket, created.metadata(), ticket_text);
    printed.map_err(|failure| match failure.exit() {
        Exit::Done => failure,
        _ => failure.details([format!("ticket {} was created", created.ticket.id)]),
    })
}

impl CreateArguments {
    /// The client. It uses the journal, except for a dry run.
    async fn client(&self) -> Result<Client, Failure> {
        match self.dry_run {
            true => self.connection.client(),
            false => self.once_arguments.client(self.connection.builder()?).await,
        }
    }

    /// The ticket that the arguments describe. The client is needed for names that have
    /// to be looked up.
    async fn draft(&self, client: Option<&Client>) -> Result<Draft, Failure> {
        let as_given = self.set.is_empty() && !self.details.is_given();
        let text = match &self.file {
            Some(file) if as_given => {
                return Draft::new(NewTicket::from_json(&file.read_json()?));
            }
            Some(file) => file.read_json()?,
            None if self.set.is_empty() => {
                let ticket = self.ticket.ticket(self.send_now)?;
                if as_given {
                    return Draft::new(Ok(ticket));
                }
                ticket.to_json().map_err(Failure::of_write)?
            }
            None => self.ticket.start(self.send_now)?,
        };
        let mut body = serde_json::from_str(&text).unwrap_or(Value::Null);
        self.details.apply(&mut body, client).await?;
        assignment::set(&mut body, &self.set, CreateTicket::validate_json)?;
        Draft::new(NewTicket::from_value(body))
    }
}

/// Whether a ticket with an external id exists.
async fn is_there(tickets: &Tickets, id: &ExternalId) -> Result<bool, Failure> {
    let found = read(tickets.look_up(id)).await?;
    Ok(matches!(found, LookUp::Found { .. }))
}

fn dry_run(arguments: &CreateArguments, draft: &Draft) -> Result<(), Failure> {
    for file in &arguments.attach {
        upload::note_upload(file, "uploaded and attached")?;
    }
    for warning in draft.ticket.warnings() {
        note(&located(warning.pointer(), warning.message()));
    }
    if arguments.curl {
        let base_url = arguments.connection.checked_base_url()?;
        return print(curl::command(base_url, &draft.body)? + "\n");
    }
    print(format!("{}\n", draft.body))
}

/// Awaits the creation. If the user interrupts it, the failure says that the ticket may
/// exist.
async fn send(
    call: Pending<Created>,
    draft: &Draft,
    journal: Option<&Path>,
) -> Result<Created, Failure> {
    let outcome = interruptible(call, "the ticket may exist").await;
    let outcome = outcome.map_err(|failure| draft.how_to_settle(failure, journal))?;
    outcome.map_err(|error| {
        let failure = Failure::of_write(&error);
        match (error.delivery(), error.resource_id()) {
            (Delivery::NotSent | Delivery::Rejected, _) => failure,
            _ if error.is_not_found() => failure,
            (_, Some(id)) => failure.hint(format!("read it: gorgias ticket get {id}")),
            _ => draft.how_to_settle(failure, journal),
        }
    })
}
