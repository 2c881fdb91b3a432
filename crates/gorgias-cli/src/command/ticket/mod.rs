//! `gorgias ticket`: the commands that create, read and change tickets.

mod adding;
mod close;
mod create;
mod delete;
mod details;
mod doubt;
mod get;
mod list;
mod message;
mod messages;
mod note;
mod reply;
mod settle;
mod tags;
mod update;

use clap::Subcommand;

use self::close::CloseArguments;
use self::create::CreateArguments;
use self::delete::DeleteArguments;
use self::get::GetArguments;
use self::list::ListArguments;
use self::messages::MessagesArguments;
use self::note::NoteArguments;
use self::reply::ReplyArguments;
use self::settle::SettleArguments;
use self::tags::{TagArguments, UntagArguments};
use self::update::UpdateArguments;
use crate::connection::ConnectionArguments;
use crate::failure::Failure;

#[derive(Subcommand)]
pub(crate) enum TicketCommand {
    Create(Box<CreateArguments>),
    Get(GetArguments),
    List(ListArguments),
    Messages(MessagesArguments),
    Reply(Box<ReplyArguments>),
    Note(NoteArguments),
    Update(Box<UpdateArguments>),
    Close(CloseArguments),
    Tag(TagArguments),
    Untag(UntagArguments),
    Delete(DeleteArguments),
    Settle(SettleArguments),
}

impl TicketCommand {
    /// The connection of the command.
    pub(super) fn connection(&mut self) -> &mut ConnectionArguments {
        match self {
            Self::Create(it) => &mut it.connection,
            Self::Get(it) => &mut it.connection,
            Self::List(it) => &mut it.listing.connection,
            Self::Messages(it) => &mut it.listing.connection,
            Self::Reply(it) => &mut it.adding.write.connection,
            Self::Note(it) => &mut it.adding.write.connection,
            Self::Update(it) => &mut it.write.connection,
            Self::Close(it) => &mut it.write.connection,
            Self::Tag(it) => &mut it.tags.write.connection,
            Self::Untag(it) => &mut it.tags.write.connection,
            Self::Delete(it) => &mut it.write.connection,
            Self::Settle(it) => &mut it.connection,
        }
    }

    /// Runs the command.
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create(arguments) => create::run(*arguments).await,
            Self::Get(arguments) => get::run(arguments).await,
            Self::List(arguments) => list::run(arguments).await,
            Self::Messages(arguments) => messages::run(arguments).await,
            Self::Reply(arguments) => reply::run(*arguments).await,
            Self::Note(arguments) => note::run(arguments).await,
            Self::Update(arguments) => update::run(*arguments).await,
            Self::Close(arguments) => close::run(arguments).await,
            Self::Tag(arguments) => tags::tag(arguments).await,
            Self::Untag(arguments) => tags::untag(arguments).await,
            Self::Delete(arguments) => delete::run(arguments).await,
            Self::Settle(arguments) => settle::run(arguments).await,
        }
    }
}
