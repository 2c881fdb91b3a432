//! `gorgias customer`.

mod create;
mod details;
mod find;
mod merge;
mod text;
mod update;

use clap::Subcommand;

use self::create::CreateArguments;
use self::find::{FindArguments, GetArguments};
use self::merge::MergeArguments;
use self::update::UpdateArguments;
use crate::failure::Failure;

#[derive(Subcommand)]
pub(crate) enum CustomerCommand {
    Find(FindArguments),
    Get(GetArguments),
    Create(CreateArguments),
    Update(UpdateArguments),
    Merge(MergeArguments),
}

pub(super) async fn run(command: CustomerCommand) -> Result<(), Failure> {
    match command {
        CustomerCommand::Find(arguments) => find::find(arguments).await,
        CustomerCommand::Get(arguments) => find::get(arguments).await,
        CustomerCommand::Create(arguments) => create::run(arguments).await,
        CustomerCommand::Update(arguments) => update::run(arguments).await,
        CustomerCommand::Merge(arguments) => merge::run(arguments).await,
    }
}
