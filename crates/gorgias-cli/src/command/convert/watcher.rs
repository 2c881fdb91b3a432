//! Reports the progress of a conversion, and its notices of changed or left out parts.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gorgias_convert::{Notice, Observer};
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::ConvertArguments;
use crate::command::display::Display;
use crate::command::reporting::{Cases, ReportFile};
use crate::failure::Failure;

const STYLE: &str = "{bar:20} {percent:>3}% {bytes} of {total_bytes}, {eta} left";

/// Watches the conversion for the user.
pub(super) struct Watcher {
    display: Display,
    /// The number of bytes that were read.
    read: Arc<AtomicU64>,
    report: RefCell<ReportFile>,
    urls: RefCell<ReportFile>,
    failures: RefCell<Cases>,
}

impl Watcher {
    /// Creates a watcher for an input of this size. `quiet` hides the progress; it is
    /// set if the result is written to the terminal.
    pub(super) fn new(
        arguments: &ConvertArguments,
        size: u64,
        quiet: bool,
    ) -> Result<Self, Failure> {
        let read = Arc::new(AtomicU64::new(0));
        let so_far = Arc::clone(&read);
        let line = move || {
            let read = so_far.load(Ordering::Relaxed);
            let percent = read.saturating_mul(100).checked_div(size);
            format!("{}% read", percent.unwrap_or(100))
        };
        Ok(Self {
            display: match quiet {
                true => Display::default(),
                false => Display::new(|| bar(size), line),
            },
            read,
            report: ReportFile::create(arguments.report.as_deref())?.into(),
            urls: ReportFile::create(arguments.urls.as_deref())?.into(),
            failures: RefCell::default(),
        })
    }

    /// Ends the progress, and completes the report and the list of addresses.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.display.finish();
        self.report.borrow_mut().finish("report")?;
        self.urls.borrow_mut().finish("list of addresses")
    }
}

impl Observer for Watcher {
    fn read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
        if let Some(bar) = self.display.bar() {
            bar.inc(bytes);
        }
    }

    fn notice(&self, notice: &Notice) -> io::Result<()> {
        if notice.kind.is_failure() {
            let text = || {
                let line = notice.line.map(|line| format!("line {line}"));
                let at: Vec<_> = line.into_iter().chain(notice.external_id.clone()).collect();
                format!("{}: {}", at.join(", "), notice.detail)
            };
            let more = "there are more of them; --report names all";
            self.failures.borrow_mut().print(&self.display, text, more);
        }
        self.report.borrow_mut().json(notice)
    }

    fn address(&self, url: &str) -> io::Result<()> {
        self.urls.borrow_mut().text(url)
    }
}

fn bar(size: u64) -> ProgressBar {
    let style = ProgressStyle::with_template(STYLE);
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_read() {
        assert!(ProgressStyle::with_template(STYLE).is_ok());
    }
}
