//! Makes a ticket from flags.

use clap::Args;
use gorgias::types::{Channel, TicketPriority};
use gorgias::{Contact, NewTicket};

use crate::calls::with;
use crate::command::ticket::message::MessageArguments;
use crate::contact;
use crate::failure::Failure;
use crate::values;

#[derive(Args, Default, PartialEq)]
#[command(next_help_heading = "Ticket")]
pub(super) struct TicketArguments {
    #[command(flatten)]
    message: MessageArguments,

    /// The priority: critical, high, normal or low
    #[arg(long, value_parser = values::of(TicketPriority::KNOWN))]
    priority: Option<String>,

    /// A tag; may be given several times
    #[arg(long, value_name = "NAME")]
    tag: Vec<String>,

    /// Your own id for the ticket, by which it can be found again
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// An internal note, which only agents see
    #[arg(
        long,
        requires = "agent",
        conflicts_with_all = ["outgoing", "channel", "from", "to"]
    )]
    note: bool,

    /// With --note: the customer the ticket is about, by e-mail address or id
    #[arg(long, value_name = "WHO", value_parser = contact::parse, requires = "note")]
    customer: Option<Contact>,
}

impl TicketArguments {
    pub(super) fn is_outgoing(&self) -> bool {
        self.message.is_outgoing()
    }

    /// The ticket the flags describe.
    pub(super) fn ticket(&self, send_now: bool) -> Result<NewTicket, Failure> {
        if !self.message.has_content() {
            return Err(Failure::invalid(
                "say what the message is with --text or --html, or give a --file",
            )
            .hint(EXAMPLES));
        }
        self.described(send_now)
    }

    /// The part of the body that the flags describe. `--set` adds the rest.
    pub(super) fn start(&self, send_now: bool) -> Result<String, Failure> {
        if *self == Self::default() {
            return Ok("{}".to_owned());
        }
        self.described(send_now)?
            .to_json()
            .map_err(Failure::of_write)
    }

    fn described(&self, send_now: bool) -> Result<NewTicket, Failure> {
        let made = match self.note {
            true => self
                .message
                .note()
                .map(|note| (note, self.customer.clone())),
            false => self
                .message
                .message(send_now)
                // A ticket can't name a customer without id or e-mail address; its message
                // can.
                .map(|(message, who)| (message, Some(who).filter(Contact::can_be_customer))),
        };
        let (message, customer) = made.map_err(|failure| failure.hint(EXAMPLES))?;
        // A ticket can't have the channel of a note.
        let channel = self.note.then_some(Channel::Api);
        let ticket = NewTicket::new(message).tags(&self.tag);
        let ticket = with(ticket, channel, NewTicket::channel);
        let ticket = with(ticket, customer, NewTicket::customer);
        let ticket = with(ticket, self.message.subject.as_ref(), NewTicket::subject);
        let ticket = with(ticket, self.priority.as_deref(), NewTicket::priority);
        let external_id = self.external_id.as_ref();
        Ok(with(ticket, external_id, NewTicket::external_id))
    }
}

const EXAMPLES: &str = "gorgias ticket create --help has examples";
