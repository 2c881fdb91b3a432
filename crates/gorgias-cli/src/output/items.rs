//! Prints a list page by page.

use serde::Serialize;

use super::raw::items;
use super::{Format, print};
use crate::failure::Failure;

/// Prints the items of a list page by page: in a readable form, or as one JSON array
/// with one item per line.
///
/// If an error ends the list early, the closing `]` is missing, so that no program
/// takes the array for complete.
pub(crate) struct ItemPrinter {
    format: Format,
    printed: bool,
}

impl ItemPrinter {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            printed: false,
        }
    }

    /// Prints at most `wanted` items of a page. `body` is the answer that contained the
    /// page, or empty. Returns the number of printed items.
    pub(crate) fn page<T: Serialize>(
        &mut self,
        body: &[u8],
        page: &[T],
        wanted: u64,
        head: &str,
        shown: impl Fn(&T) -> String,
    ) -> Result<u64, Failure> {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        let count = page.len().min(wanted);
        let mut text = String::new();
        match self.format {
            Format::Text => {
                if !self.printed && count > 0 {
                    text.push_str(head);
                    self.printed = true;
                }
                text.extend(page.iter().take(count).map(shown));
            }
            Format::Json => {
                for item in items(body, page).iter().take(count) {
                    text.push_str(if self.printed { ",\n" } else { "[\n" });
                    text.push_str(item);
                    self.printed = true;
                }
            }
        }
        print(text)?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    pub(crate) fn end(self) -> Result<(), Failure> {
        match (self.format, self.printed) {
            (Format::Text, _) => Ok(()),
            (Format::Json, true) => print("\n]\n"),
            (Format::Json, false) => print("[]\n"),
        }
    }
}
