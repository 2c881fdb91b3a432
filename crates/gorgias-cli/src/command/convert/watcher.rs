//! Writing down what a conversion changed or left out.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use gorgias_convert::{Notice, Observer};

use super::arguments::ConvertArguments;
use super::progress::Display;
use crate::exit::Exit;
use crate::failure::Failure;

/// The most records that are told one by one. The report has all.
const MOST_TOLD: u32 = 20;

type Lines = RefCell<Option<BufWriter<File>>>;

/// Watches the conversion for the user.
pub(super) struct Watcher {
    display: Display,
    report: Lines,
    urls: Lines,
    told: Cell<u32>,
}

impl Watcher {
    pub(super) fn new(arguments: &ConvertArguments, display: Display) -> Result<Self, Failure> {
        Ok(Self {
            display,
            report: create(arguments.report.as_deref())?,
            urls: create(arguments.urls.as_deref())?,
            told: Cell::new(0),
        })
    }

    /// Completes the files.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.display.finish();
        for (name, lines) in [("report", &self.report), ("list of addresses", &self.urls)] {
            let written = match lines.borrow_mut().as_mut() {
                Some(file) => file.flush(),
                None => Ok(()),
            };
            written.map_err(|error| {
                Failure::new(
                    Exit::Unexpected,
                    format!("the {name} can't be written: {error}"),
                )
            })?;
        }
        Ok(())
    }

    fn tell(&self, notice: &Notice) {
        let told = self.told.get().saturating_add(1);
        self.told.set(told);
        match told {
            1..=MOST_TOLD => {}
            n if n == MOST_TOLD.saturating_add(1) => {
                return self
                    .display
                    .say("there are more of them; --report names all");
            }
            _ => return,
        }
        let line = notice.line.map(|line| format!("line {line}"));
        let at = line.into_iter().chain(notice.external_id.clone());
        let at = at.collect::<Vec<_>>().join(", ");
        self.display.say(&format!("{at}: {}", notice.detail));
    }
}

impl Observer for Watcher {
    fn read(&self, bytes: u64) {
        self.display.read(bytes);
    }

    fn notice(&self, notice: &Notice) -> io::Result<()> {
        if notice.kind.is_failure() {
            self.tell(notice);
        }
        let Some(file) = &mut *self.report.borrow_mut() else {
            return Ok(());
        };
        serde_json::to_writer(&mut *file, notice)?;
        file.write_all(b"\n")
    }

    fn address(&self, url: &str) -> io::Result<()> {
        match &mut *self.urls.borrow_mut() {
            Some(file) => writeln!(file, "{url}"),
            None => Ok(()),
        }
    }
}

fn create(path: Option<&Path>) -> Result<Lines, Failure> {
    let Some(path) = path else {
        return Ok(RefCell::new(None));
    };
    let file = File::create(path).map_err(|error| {
        Failure::invalid(format!("{} can't be written: {error}", path.display()))
    })?;
    Ok(RefCell::new(Some(BufWriter::new(file))))
}
