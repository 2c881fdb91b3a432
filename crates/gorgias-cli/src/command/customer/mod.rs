//! `gorgias customer`.

mod create;
mod details;
mod find;
mod get;
mod merge;
mod shown;
mod update;

use clap::Subcommand;

use self::create::CreateArguments;
use self::find::FindArguments;
use self::get::GetArguments;
use self::merge::MergeArguments;
use self::update::UpdateArguments;
use crate::connection::ConnectionArguments;
use crate::failure::Failure;

#[derive(Subcommand)]
pub(crate) enum CustomerCommand {
    Find(FindArguments),
    Get(GetArguments),
    Create(CreateArguments),
    Update(UpdateArguments),
    Merge(MergeArguments),
}

impl CustomerCommand {
    /// The connection of the command.
    pub(super) fn connection(&mut self) -> &mut ConnectionArguments {
        match self {
            Self::Find(it) => &mut it.listing.connection,
            Self::Get(it) => &mut it.connection,
            Self::Create(it) => &mut it.write.connection,
            Self::Update(it) => &mut it.write.connection,
            Self::Merge(it) => &mut it.write.connection,
        }
    }
}

pub(super) async fn run(command: CustomerCommand) -> Result<(), Failure> {
    match command {
        CustomerCommand::Find(arguments) => find::run(arguments).await,
        CustomerCommand::Get(arguments) => get::run(arguments).await,
        CustomerCommand::Create(arguments) => create::run(arguments).await,
        CustomerCommand::Update(arguments) => update::run(arguments).await,
        CustomerCommand::Merge(arguments) => merge::run(arguments).await,
    }
}
