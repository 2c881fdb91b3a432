//! A ticket from flags.

use chrono::{DateTime, Utc};
use clap::Args;
use gorgias::types::Channel;
use gorgias::{Contact, Dispatch, NewMessage, NewTicket};

use super::contact;
use crate::failure::Failure;
use crate::values;

#[derive(Args, Default, PartialEq)]
#[command(next_help_heading = "Ticket")]
#[group(conflicts_with = "file")]
pub(super) struct MessageArguments {
    /// Who the message is from: the customer, by e-mail address, by phone number
    /// (+15551234567) or by id (id:488071); with --outgoing, the helpdesk's own
    /// address it goes out from
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    from: Option<Contact>,

    /// Whom an e-mail is to: the helpdesk's address; with --outgoing, the
    /// customer
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    to: Option<Contact>,

    /// The subject, at most 998 characters
    #[arg(long)]
    subject: Option<String>,

    /// What the message says, as plain text; HTML that shows the same goes
    /// with it
    #[arg(long)]
    text: Option<String>,

    /// What the message says, as HTML, which is sent as it is
    #[arg(long)]
    html: Option<String>,

    /// The channel, such as api (the default), email (the default with
    /// --outgoing), phone or chat
    #[arg(long, value_parser = values::channels())]
    channel: Option<String>,

    /// The priority: critical, high, normal or low
    #[arg(long, value_parser = values::priorities())]
    priority: Option<String>,

    /// A tag; may be given several times
    #[arg(long, value_name = "NAME")]
    tag: Vec<String>,

    /// Your own id for the ticket, by which it can be found again
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// A message from an agent to a customer; say --send-now or --sent-at
    #[arg(long, requires_all = ["agent", "to"])]
    outgoing: bool,

    /// With --outgoing: the message was sent already at this time, such as
    /// 2026-03-02T11:00:05Z, and is only recorded
    #[arg(long, value_name = "TIME", requires = "outgoing", value_parser = time)]
    sent_at: Option<DateTime<Utc>>,

    /// An internal note, which only agents see
    #[arg(
        long,
        requires = "agent",
        conflicts_with_all = ["outgoing", "channel", "from", "to"]
    )]
    note: bool,

    /// With --outgoing and --note: the agent who wrote it
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    agent: Option<Contact>,

    /// With --note: the customer the ticket is about, by e-mail address or id
    #[arg(long, value_name = "WHO", value_parser = contact::parse, requires = "note")]
    customer: Option<Contact>,
}

impl MessageArguments {
    pub(super) fn is_outgoing(&self) -> bool {
        self.outgoing
    }

    /// The ticket the flags describe.
    pub(super) fn ticket(&self, send_now: bool) -> Result<NewTicket, Failure> {
        if self.text.is_none() && self.html.is_none() {
            return Err(usage(
                "say what the message is with --text or --html, or give a --file",
            ));
        }
        self.described(send_now)
    }

    /// The body that the flags describe, as far as they do: `--set` says the rest.
    pub(super) fn start(&self, send_now: bool) -> Result<String, Failure> {
        if *self == Self::default() {
            return Ok("{}".to_owned());
        }
        let body = self.described(send_now)?.to_json();
        body.map_err(|error| Failure::of_write(&error))
    }

    fn described(&self, send_now: bool) -> Result<NewTicket, Failure> {
        let mut ticket = if self.note {
            self.note()?
        } else if self.outgoing {
            self.outgoing(send_now)?
        } else {
            self.incoming()?
        };
        if let Some(text) = &self.text {
            ticket = ticket.text(text);
        }
        if let Some(html) = &self.html {
            ticket = ticket.html(html);
        }
        if let Some(subject) = &self.subject {
            ticket = ticket.subject(subject);
        }
        if let Some(priority) = &self.priority {
            ticket = ticket.priority(priority.as_str());
        }
        if let Some(id) = &self.external_id {
            ticket = ticket.external_id(id);
        }
        Ok(ticket.tags(&self.tag))
    }

    fn incoming(&self) -> Result<NewTicket, Failure> {
        if self.agent.is_some() {
            return Err(usage("--agent needs --outgoing or --note"));
        }
        let from = given(&self.from, "say whom the message is from with --from")?;
        let channel = self.channel_or(Channel::Api);
        let message = if channel == Channel::Email {
            let to = given(
                &self.to,
                "an e-mail needs --to, the helpdesk's address it came in at",
            )?;
            self.with_subject(NewMessage::incoming_email(from.clone(), to))
        } else {
            self.refuse_to_without_email()?;
            NewMessage::incoming(channel, from.clone())
        };
        Ok(about(NewTicket::new(message), from))
    }

    fn outgoing(&self, send_now: bool) -> Result<NewTicket, Failure> {
        let dispatch = match (send_now, self.sent_at) {
            (_, Some(time)) => Dispatch::AlreadySentAt(time),
            (true, None) => Dispatch::SendNow,
            (false, None) => {
                return Err(usage(
                    "--outgoing needs --send-now, and the customer gets the message, or \
                     --sent-at TIME, and it is only recorded",
                ));
            }
        };
        let agent = given(&self.agent, "--outgoing needs --agent")?;
        let to = given(&self.to, "--outgoing needs --to")?;
        let channel = self.channel_or(Channel::Email);
        let message = if channel == Channel::Email {
            let from = given(
                &self.from,
                "an e-mail needs --from, the helpdesk's address it goes out from",
            )?;
            self.with_subject(NewMessage::outgoing_email(
                agent,
                from,
                to.clone(),
                dispatch,
            ))
        } else if self.from.is_some() {
            return Err(usage("--from with --outgoing is for --channel email alone"));
        } else {
            NewMessage::outgoing(channel, agent, to.clone(), dispatch)
        };
        Ok(about(NewTicket::new(message), to))
    }

    fn note(&self) -> Result<NewTicket, Failure> {
        let ticket = NewTicket::internal_note(given(&self.agent, "--note needs --agent")?);
        Ok(match &self.customer {
            Some(customer) => ticket.customer(customer.clone()),
            None => ticket,
        })
    }

    fn channel_or(&self, default: Channel) -> Channel {
        self.channel.as_deref().map_or(default, Channel::from)
    }

    /// The message of an e-mail has a subject of its own.
    fn with_subject(&self, message: NewMessage) -> NewMessage {
        match &self.subject {
            Some(subject) => message.subject(subject),
            None => message,
        }
    }

    fn refuse_to_without_email(&self) -> Result<(), Failure> {
        match self.to {
            Some(_) => Err(usage("--to needs --channel email or --outgoing")),
            None => Ok(()),
        }
    }
}

/// A ticket about a customer, unless only its message can name that person.
fn about(ticket: NewTicket, customer: Contact) -> NewTicket {
    if customer.can_be_customer() {
        ticket.customer(customer)
    } else {
        ticket
    }
}

/// Reads what `--sent-at` says. A time without an offset would be a guess.
fn time(text: &str) -> Result<DateTime<Utc>, &'static str> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|_| "expected a date and time with an offset, as in 2026-03-02T11:00:05Z")
}

fn given(who: &Option<Contact>, problem: &str) -> Result<Contact, Failure> {
    who.clone().ok_or_else(|| usage(problem))
}

fn usage(problem: &str) -> Failure {
    Failure::invalid(problem).hint("gorgias ticket create --help has examples")
}
