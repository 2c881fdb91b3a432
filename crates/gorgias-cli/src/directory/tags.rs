//! Finds the names that no tag of the account has.

use gorgias::Client;

use super::close::unknown_among;
use super::people::all;
use crate::failure::Failure;

/// A line for each name that no tag has, with names that are close.
pub(crate) async fn unknown_tags(
    client: &Client,
    names: &[String],
) -> Result<Vec<String>, Failure> {
    let tags = all(client.api().list_tags().stream()).await?;
    let known: Vec<_> = tags.into_iter().filter_map(|tag| tag.name).collect();
    Ok(unknown_among("tag", names, &known))
}
