//! Reporting what a conversion changed or left out.

use std::cell::RefCell;
use std::io;

use gorgias_convert::{Notice, Observer};

use super::arguments::ConvertArguments;
use super::progress::Display;
use crate::command::reporting::{LinesFile, Told};
use crate::failure::Failure;

/// Watches the conversion for the user.
pub(super) struct Watcher {
    display: Display,
    report: RefCell<LinesFile>,
    urls: RefCell<LinesFile>,
    told: RefCell<Told>,
}

impl Watcher {
    pub(super) fn new(arguments: &ConvertArguments, display: Display) -> Result<Self, Failure> {
        Ok(Self {
            display,
            report: LinesFile::create(arguments.report.as_deref())?.into(),
            urls: LinesFile::create(arguments.urls.as_deref())?.into(),
            told: RefCell::default(),
        })
    }

    /// Completes the files.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.display.finish();
        self.report.borrow_mut().finish("report")?;
        self.urls.borrow_mut().finish("list of addresses")
    }
}

impl Observer for Watcher {
    fn read(&self, bytes: u64) {
        self.display.read(bytes);
    }

    fn notice(&self, notice: &Notice) -> io::Result<()> {
        if notice.kind.is_failure() {
            let text = || {
                let line = notice.line.map(|line| format!("line {line}"));
                let at: Vec<_> = line.into_iter().chain(notice.external_id.clone()).collect();
                format!("{}: {}", at.join(", "), notice.detail)
            };
            let more = "there are more of them; --report names all";
            if let Some(text) = self.told.borrow_mut().next(text, more) {
                self.display.say(&text);
            }
        }
        self.report.borrow_mut().json(notice)
    }

    fn address(&self, url: &str) -> io::Result<()> {
        self.urls.borrow_mut().text(url)
    }
}
