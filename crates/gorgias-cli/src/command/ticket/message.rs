//! Makes a message from flags, for a new or an existing ticket.

use chrono::{DateTime, Utc};
use clap::Args;
use gorgias::types::Channel;
use gorgias::{Contact, Dispatch, NewMessage};

use crate::calls::with;
use crate::contact;
use crate::failure::Failure;
use crate::values;

#[derive(Args, Default, PartialEq)]
#[command(next_help_heading = "Message")]
pub(super) struct MessageArguments {
    /// The sender of the message: the customer, by e-mail address, by phone number
    /// (+15551234567) or by id (id:488071); with --outgoing, the helpdesk's own address
    /// that sends it
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    from: Option<Contact>,

    /// The receiver of an e-mail: the helpdesk's address; with --outgoing, the
    /// customer
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    to: Option<Contact>,

    /// The subject, at most 998 characters
    #[arg(long)]
    pub(super) subject: Option<String>,

    #[command(flatten)]
    content: ContentArguments,

    /// The channel, such as api (the default), email (the default with
    /// --outgoing), phone or chat
    #[arg(long, value_parser = values::of(Channel::KNOWN))]
    channel: Option<String>,

    /// A message from an agent to a customer; needs --send-now or --sent-at
    #[arg(long, requires_all = ["agent", "to"])]
    outgoing: bool,

    /// With --outgoing: the message was sent already at this time, such as
    /// 2026-03-02T11:00:05Z, and is only recorded
    #[arg(long, value_name = "TIME", requires = "outgoing", value_parser = time)]
    sent_at: Option<DateTime<Utc>>,

    /// The agent who wrote it, by e-mail address or by id (id:3107)
    #[arg(long, value_name = "WHO", value_parser = contact::parse)]
    agent: Option<Contact>,
}

/// The content of a message.
#[derive(Args, Default, PartialEq)]
pub(super) struct ContentArguments {
    /// The content of the message, as plain text; HTML that is generated from it is
    /// sent too
    #[arg(long)]
    text: Option<String>,

    /// The content of the message, as HTML, which is sent unchanged
    #[arg(long)]
    html: Option<String>,
}

impl MessageArguments {
    pub(super) fn is_outgoing(&self) -> bool {
        self.outgoing
    }

    /// Whether a flag gives the content of the message.
    pub(super) fn has_content(&self) -> bool {
        self.content.is_given()
    }

    /// The message, and the customer who sends or receives it.
    pub(super) fn message(&self, send_now: bool) -> Result<(NewMessage, Contact), Failure> {
        let (message, customer) = match self.outgoing {
            true => self.outgoing(send_now)?,
            false => self.incoming()?,
        };
        Ok((self.content.set(message), customer))
    }

    /// A note that only agents see.
    pub(super) fn note(&self) -> Result<NewMessage, Failure> {
        let agent = given(&self.agent, "a note needs --agent, who wrote it")?;
        Ok(self.content.set(NewMessage::internal_note(agent)))
    }

    fn incoming(&self) -> Result<(NewMessage, Contact), Failure> {
        if self.agent.is_some() {
            return Err(Failure::invalid("--agent needs --outgoing, or a note"));
        }
        let from = given(&self.from, "name the sender of the message with --from")?;
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
        Ok((message, from))
    }

    fn outgoing(&self, send_now: bool) -> Result<(NewMessage, Contact), Failure> {
        let dispatch = match (send_now, self.sent_at) {
            (_, Some(time)) => Dispatch::AlreadySentAt(time),
            (true, None) => Dispatch::SendNow,
            (false, None) => {
                return Err(Failure::invalid(
                    "--outgoing needs --send-now, which sends the message to the customer, or \
                     --sent-at TIME, which only records it",
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
            return Err(Failure::invalid(
                "--from with --outgoing needs --channel email",
            ));
        } else {
            NewMessage::outgoing(channel, agent, to.clone(), dispatch)
        };
        Ok((message, to))
    }

    fn channel_or(&self, default: Channel) -> Channel {
        self.channel.as_deref().map_or(default, Channel::from)
    }

    /// Sets the subject of the message: an e-mail has one, beside that of the ticket.
    pub(super) fn with_subject(&self, message: NewMessage) -> NewMessage {
        with(message, self.subject.as_ref(), NewMessage::subject)
    }

    fn refuse_to_without_email(&self) -> Result<(), Failure> {
        match self.to {
            Some(_) => Err(Failure::invalid("--to needs --channel email or --outgoing")),
            None => Ok(()),
        }
    }
}

impl ContentArguments {
    pub(super) fn is_given(&self) -> bool {
        self.text.is_some() || self.html.is_some()
    }

    pub(super) fn set(&self, message: NewMessage) -> NewMessage {
        let message = with(message, self.text.as_ref(), NewMessage::text);
        with(message, self.html.as_ref(), NewMessage::html)
    }
}

/// Reads the value of `--sent-at`. A time without an offset is refused, because the
/// offset would be a guess.
fn time(text: &str) -> Result<DateTime<Utc>, &'static str> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|_| "expected a date and time with an offset, as in 2026-03-02T11:00:05Z")
}

fn given(who: &Option<Contact>, problem: &str) -> Result<Contact, Failure> {
    who.clone().ok_or_else(|| Failure::invalid(problem))
}
