//! `gorgias ticket note`.

use clap::Args;
use gorgias::{Contact, NewMessage};

use super::adding::{Adding, add};
use super::message::ContentArguments;
use crate::contact;
use crate::failure::Failure;
use crate::values;

const AFTER_HELP: &str = "\
Examples:
  gorgias ticket note 80400317 --agent agent@acme.example --text 'The warehouse is looking.'
  gorgias ticket note 80400317 --once --external-id scan-77 --agent agent@acme.example \\
      --text 'Scanned in Lyon.'";

/// Add a note to a ticket, which only agents see
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
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
    pub(super) adding: Adding,
}

pub(super) async fn run(arguments: NoteArguments) -> Result<(), Failure> {
    if !arguments.content.is_given() {
        return Err(
            Failure::invalid("say what the note is with --text or --html")
                .hint("gorgias ticket note --help has examples"),
        );
    }
    let note = NewMessage::internal_note(arguments.agent);
    add(arguments.id, arguments.content.set(note), &arguments.adding).await
}
