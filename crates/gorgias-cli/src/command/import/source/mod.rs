//! Opens the input of an import in any accepted format.
//!
//! A file with one ticket per line is read as it is. A JSON array or a gzip file is
//! converted to such lines in a file without a name ([`spool`]). An input in any other
//! format that [`mod@format`] recognises is refused as a whole, and not line by line.

mod format;
mod line_count;
mod spool;

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use self::format::InputFormat;
use super::arguments::unreadable;
use crate::failure::Failure;
use crate::input::take_stdin;
use crate::output::note;

/// The most bytes at the beginning of a file by which its format is recognised.
const HEAD: u64 = 1 << 20;

/// The input of an import.
pub(super) struct Source {
    pub(super) input: Box<dyn AsyncBufRead + Send + Unpin>,
    /// The lines that aren't blank, if they can be counted before they are read.
    pub(super) lines: Option<u64>,
}

/// Opens the file, or standard input.
pub(super) async fn open(path: Option<&Path>) -> Result<Source, Failure> {
    let Some(path) = path else {
        take_stdin()?;
        return stream(tokio::io::stdin(), "standard input").await;
    };
    let name = path.display().to_string();
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
    if metadata.is_dir() {
        return Err(Failure::invalid(format!("{name} is a folder")));
    }
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    if metadata.is_file() {
        return regular(file, &name);
    }
    stream(tokio::fs::File::from_std(file), &name).await
}

/// Opens an input that can be read only once. Waits only for its beginning, or for its
/// end if it is compressed or a JSON array and has to be copied to a file.
async fn stream<R>(input: R, name: &str) -> Result<Source, Failure>
where
    R: tokio::io::AsyncRead + Send + Unpin + 'static,
{
    let failed = |error: io::Error| unreadable(name, &error);
    let mut input = BufReader::new(input);
    let head = input.fill_buf().await.map_err(failed)?;
    match format::of(head) {
        InputFormat::Lines => Ok(Source {
            input: Box::new(input),
            lines: None,
        }),
        InputFormat::Gzip | InputFormat::Array => {
            let file = tempfile::tempfile().map_err(failed)?;
            let mut copy = tokio::fs::File::from_std(file);
            let copied = tokio::io::copy_buf(&mut input, &mut copy).await;
            copied.map_err(failed)?;
            copy.flush().await.map_err(failed)?;
            regular(copy.into_std().await, name)
        }
        InputFormat::Other(other) => Err(other.refusal(name)),
    }
}

/// Reads the beginning of a file. The file is at its start afterwards.
fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.rewind()?;
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}

/// Opens a file that can be read several times.
fn regular(mut file: File, name: &str) -> Result<Source, Failure> {
    loop {
        let head = head(&mut file).map_err(|error| unreadable(name, &error))?;
        file = match format::of(&head) {
            InputFormat::Lines => break,
            InputFormat::Gzip => spool::unpacked(file).map_err(|error| {
                Failure::invalid(format!(
                    "{name} is compressed with gzip and can't be unpacked"
                ))
                .details([format!("because: {error}")])
            })?,
            InputFormat::Array => {
                let lines = spool::items(file).map_err(|error| {
                    Failure::invalid(format!(
                        "{name} is a JSON array that can't be read: {error}"
                    ))
                })?;
                note(&format!(
                    "{name} is a JSON array; its items are counted as lines"
                ));
                file = lines;
                break;
            }
            InputFormat::Other(other) => return Err(other.refusal(name)),
        };
    }
    let lines = line_count::count(&mut file).map_err(|error| unreadable(name, &error))?;
    let file = tokio::fs::File::from_std(file);
    Ok(Source {
        input: Box::new(BufReader::new(file)),
        lines: Some(lines),
    })
}
