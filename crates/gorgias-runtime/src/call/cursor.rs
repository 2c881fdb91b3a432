//! Checks cursors, which name the start of a page of a list.

use crate::error::Error;

/// The longest cursor that is accepted. It is ten times as long as any cursor that
/// was seen, and limits the length of the next request's address.
const LONGEST_CURSOR: usize = 512;

/// Checks a cursor of the service before it is sent back. Returns `None` when
/// the text is empty or missing, as after the last page.
///
/// # Errors
///
/// When the text is longer than 512 characters, or has other than visible ASCII
/// characters.
pub fn cursor(text: Option<&str>) -> Result<Option<String>, Error> {
    match text {
        None | Some("") => Ok(None),
        Some(text) if is_cursor(text) => Ok(Some(text.to_owned())),
        Some(_) => Err(Error::unexpected(
            "a cursor is 1 to 512 visible ASCII characters",
        )),
    }
}

/// Whether a text may be a cursor.
pub(super) fn is_cursor(text: &str) -> bool {
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    visible && (1..=LONGEST_CURSOR).contains(&text.len())
}
