//! The error of a command, and its report on standard error.

use std::borrow::Borrow;
use std::io::{self, Write as _};

use gorgias::Error;

use crate::exit::Exit;
use crate::printable;

/// The most field errors of the service that are shown.
const SHOWN: usize = 10;

/// The most characters of a line that are shown.
const LONGEST: usize = 1_000;

/// An error of a command: a message of one line, then details such as one per violation,
/// then a hint of what may help.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: Option<String>,
    details: Vec<String>,
    hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: Some(message.into()),
            details: Vec::new(),
            hint: None,
        }
    }

    /// The usage or the input is not valid.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Exit::Invalid, message)
    }

    /// Something unexpected happened.
    pub(crate) fn unexpected(message: impl Into<String>) -> Self {
        Self::new(Exit::Unexpected, message)
    }

    /// The end of a command whose output was closed by its reader, as `head` does once it
    /// has enough. It isn't reported as an error.
    pub(crate) fn reader_gone() -> Self {
        Self {
            exit: Exit::Done,
            message: None,
            details: Vec::new(),
            hint: None,
        }
    }

    /// A failed write to the service.
    pub(crate) fn of_write(error: impl Borrow<Error>) -> Self {
        let error = error.borrow();
        Self::of_call(Exit::of_write(error), error)
    }

    /// A failed read from the service.
    pub(crate) fn of_read(error: impl Borrow<Error>) -> Self {
        let error = error.borrow();
        Self::of_call(Exit::of_read(error), error)
    }

    fn of_call(exit: Exit, error: &Error) -> Self {
        if let Some(violations) = error.violations() {
            let details = violations
                .iter()
                .map(|violation| located(violation.pointer(), violation.message()));
            return Self::invalid("the request is not valid, nothing was sent").details(details);
        }
        let said = error
            .service_message()
            .map(|message| format!("the service says: {message}"));
        let fields = error.field_errors();
        let shown = fields
            .iter()
            .take(SHOWN)
            .map(|field| located(field.pointer(), field.message()));
        let more = match fields.len().saturating_sub(SHOWN) {
            0 => None,
            more => Some(format!("and {more} more")),
        };
        let answer = (said.is_none() && fields.is_empty())
            .then(|| answer(error))
            .flatten();
        Self::new(exit, error.to_string())
            .details(said)
            .details(shown)
            .details(more)
            .details(answer)
            .because(error)
    }

    /// Adds a detail for each cause of an error.
    pub(crate) fn because(self, error: &dyn std::error::Error) -> Self {
        let mut causes = Vec::new();
        let mut last = self.message.clone().unwrap_or_default();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // The layers of an error may have equal texts.
            if !last.contains(&text) {
                causes.push(format!("because: {text}"));
                last = text;
            }
            cause = error.source();
        }
        self.details(causes)
    }

    pub(crate) fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Replaces the exit code.
    pub(crate) fn exiting(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Writes the failure to standard error. Control characters are replaced first,
    /// because others wrote some of the text.
    pub(crate) fn report(&self) {
        let mut text = String::new();
        let mut line = |label: &str, content: &str| {
            text.push_str(label);
            text.push_str(&printable::line(&printable::shortened(content, LONGEST)));
            text.push('\n');
        };
        if let Some(message) = &self.message {
            line("error: ", message);
        }
        for detail in &self.details {
            line("  ", detail);
        }
        if let Some(hint) = &self.hint {
            line("hint: ", hint);
        }
        // If standard error can't be written, there is nowhere to report that.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

/// The body of a refusal that isn't in the service's own format, such as the HTML page
/// of a firewall or a proxy.
fn answer(error: &Error) -> Option<String> {
    let body = error.body().filter(|body| !body.trim_ascii().is_empty())?;
    if !error.status()?.is_client_error() {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if !text.starts_with('<') {
        return Some(format!("the answer is: {text}"));
    }
    let page = "the answer is a page of HTML, which something in front of the service sends, such \
                as a firewall or a proxy";
    Some(match title(text) {
        Some(title) => format!("{page}: {title}"),
        None => page.to_owned(),
    })
}

fn title(page: &str) -> Option<&str> {
    // Lowercasing only ASCII changes no position.
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = lower
        .get(start..)?
        .find('>')?
        .checked_add(start)?
        .checked_add(1)?;
    let end = lower.get(start..)?.find("</title")?.checked_add(start)?;
    let title = page.get(start..end)?.trim();
    (!title.is_empty()).then_some(title)
}

/// A message with the JSON pointer that it is about. An empty pointer, to the whole
/// body, is written in words.
pub(crate) fn located(pointer: &str, message: &str) -> String {
    if pointer.is_empty() {
        format!("the whole body: {message}")
    } else {
        format!("{pointer}: {message}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Layer(&'static str, Option<Box<Layer>>);

    impl std::fmt::Display for Layer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Layer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            let inner = self.1.as_deref()?;
            Some(inner)
        }
    }

    #[test]
    fn causes_with_equal_texts_are_printed_once() {
        let disk = Layer("the disk is full", None);
        let inner = Layer("the journal failed", Some(Box::new(disk)));
        let error = Layer("the journal failed", Some(Box::new(inner)));
        let failure = Failure::new(Exit::Unexpected, error.to_string()).because(&error);
        assert_eq!(failure.details, ["because: the disk is full"]);
    }

    #[test]
    fn a_page_has_a_title() {
        let page = "<!doctype html><HTML><Title lang=en> Attention </TITLE>É</html>";
        assert_eq!(title(page), Some("Attention"));
        for page in ["<html>", "<title", "<title>x", "<title></title>"] {
            assert_eq!(title(page), None, "{page}");
        }
    }
}
