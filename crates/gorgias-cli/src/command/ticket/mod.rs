//! `gorgias ticket`: the commands that create, read and change tickets.

mod create;
mod delete;
mod details;
mod get;
mod list;
mod message;
mod once_arguments;
mod reply;
mod settle;
mod tags;
mod update;

use clap::Subcommand;

use self::create::CreateArguments;
use self::delete::DeleteArguments;
use self::get::GetArguments;
use self::list::{MessagesArguments, TicketsArguments};
use self::reply::{NoteArguments, ReplyArguments};
use self::settle::SettleArguments;
use self::tags::TagArguments;
use self::update::{CloseArguments, UpdateArguments};
use crate::failure::Failure;

#[derive(Subcommand)]
pub(crate) enum TicketCommand {
    Create(Box<CreateArguments>),
    Get(GetArguments),
    List(TicketsArguments),
    Messages(MessagesArguments),
    Reply(Box<ReplyArguments>),
    Note(NoteArguments),
    Update(Box<UpdateArguments>),
    Close(CloseArguments),
    /// Add tags to a ticket
    #[command(after_help = tags::AFTER_TAG)]
    Tag(TagArguments),
    /// Take tags off a ticket
    #[command(after_help = tags::AFTER_UNTAG)]
    Untag(TagArguments),
    Delete(DeleteArguments),
    Settle(SettleArguments),
}

impl TicketCommand {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create(arguments) => create::run(*arguments).await,
            Self::Get(arguments) => get::run(arguments).await,
            Self::List(arguments) => list::tickets(arguments).await,
            Self::Messages(arguments) => list::messages(arguments).await,
            Self::Reply(arguments) => reply::reply(*arguments).await,
            Self::Note(arguments) => reply::note(arguments).await,
            Self::Update(arguments) => update::update(*arguments).await,
            Self::Close(arguments) => update::close(arguments).await,
            Self::Tag(arguments) => tags::tag(arguments).await,
            Self::Untag(arguments) => tags::untag(arguments).await,
            Self::Delete(arguments) => delete::run(arguments).await,
            Self::Settle(arguments) => settle::run(arguments).await,
        }
    }
}
