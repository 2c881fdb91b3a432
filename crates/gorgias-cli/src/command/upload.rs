//! `gorgias upload`, and the files of a ticket.

use std::path::{Path, PathBuf};

use clap::Args;
use gorgias::api::types::CreateAttachment;
use gorgias::types::UploadType;
use gorgias::{Attachment, Client, Delivery};

use crate::calls::interruptible;
use crate::connection::ConnectionArguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Format, OutputArguments, note, print};
use crate::printable;
use crate::values;

const AFTER_HELP: &str = "\
Each file is read while it is sent. For each, an attachment is printed in the form
that a message takes: the address, the name, the media type and the size. This
command doesn't limit the size; the service refuses a file that is too large.

A file that may have been uploaded when an answer was lost (exit code 4) can be
uploaded again. The service may then keep it twice, once without a use.

Examples:
  gorgias upload vase.jpg receipt.pdf
  gorgias upload vase.jpg --dry-run
  gorgias ticket create --from jane@example.com --text 'Broken.' --attach vase.jpg";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct UploadArguments {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The purpose of the files
    #[arg(long = "type", value_name = "TYPE", default_value = "attachment",
          value_parser = values::of(UploadType::KNOWN))]
    purpose: String,

    /// Print the names of the files in place of uploading them; needs no account
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: UploadArguments) -> Result<(), Failure> {
    if arguments.dry_run {
        let mut files = arguments.files.iter();
        return files.try_for_each(|path| note_upload(path, "uploaded"));
    }
    let client = arguments.connection.client()?;
    for path in &arguments.files {
        let attachment = upload(&client, path, arguments.purpose.as_str()).await?;
        print(attachment_text(&attachment, arguments.output.format())?)?;
    }
    Ok(())
}

/// Prints what would be done with a file, or fails if there is no such file.
pub(super) fn note_upload(path: &Path, would: &str) -> Result<(), Failure> {
    if !path.is_file() {
        let problem = format!("{} isn't a file, so it can't be uploaded", path.display());
        return Err(Failure::invalid(problem));
    }
    note(&format!("{} would be {would}", path.display()));
    Ok(())
}

/// Uploads the files of a ticket.
pub(super) async fn all(client: &Client, paths: &[PathBuf]) -> Result<Vec<Attachment>, Failure> {
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let attachment = upload(client, path, UploadType::Attachment).await;
        let attachment = attachment.map_err(|failure| {
            // The ticket itself wasn't sent, so it isn't in doubt.
            let exit = match failure.exit() {
                Exit::InDoubt => Exit::NotSent,
                exit => exit,
            };
            let detail = "the ticket was not created".to_owned();
            failure.details([detail]).exiting(exit)
        })?;
        all.push(attachment);
    }
    Ok(all)
}

async fn upload(
    client: &Client,
    path: &Path,
    purpose: impl Into<UploadType>,
) -> Result<Attachment, Failure> {
    let file = format!("the file is {}", path.display());
    let call = client.uploads().file(path).purpose(purpose);
    let uploaded = interruptible(call, "the file may be uploaded").await;
    let uploaded = uploaded.map_err(|failure| failure.details([file.clone()]))?;
    uploaded.map_err(|error| {
        let failure = Failure::of_write(&error).details([file]);
        match error.delivery() {
            Delivery::Unknown => failure.hint(
                "it may be uploaded; uploading it again does no harm, and keeps it twice at worst",
            ),
            _ => failure,
        }
    })
}

fn attachment_text(attachment: &Attachment, format: Format) -> Result<String, Failure> {
    let attachment = CreateAttachment::from(attachment.clone());
    match format {
        Format::Json => serde_json::to_string(&attachment)
            .map(|json| json + "\n")
            .map_err(|error| Failure::unexpected(error.to_string())),
        Format::Text => {
            let url = attachment.get_url().unwrap_or_default();
            let name = attachment.get_name().unwrap_or_default();
            Ok(printable::line(&format!("{url}  {name}")) + "\n")
        }
    }
}
