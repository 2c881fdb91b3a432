//! Converts an export from its files to lines. [`Conversion::run`] is the place to start, and
//! [`Run`] is the state of one conversion.

mod csv;
mod run;
mod zendesk;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use self::run::Run;
use crate::csv_export::Columns;
use crate::error::Error;
use crate::map::Map;
use crate::observer::{Observer, Reporter};
use crate::render::{Addresses, Renderer};
use crate::store::Store;
use crate::summary::Summary;
use crate::template::template;
use crate::value_counts::ValueCounts;

/// The kinds of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Zendesk,
    Csv,
}

/// An export that is to become tickets for an import.
///
/// ```no_run
/// use gorgias_convert::{Conversion, Map};
///
/// let map = Map::from_toml(&std::fs::read_to_string("map.toml")?)?;
/// let conversion = Conversion::zendesk("tickets.json").users("users.json").map(map);
/// let mut output = std::fs::File::create("tickets.ndjson")?;
/// let summary = conversion.run(&mut output, &())?;
/// println!("{} tickets", summary.lines);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The memory of a conversion doesn't grow with the input, because the data that it has to
/// remember is in a temporary file.
#[derive(Clone, Debug)]
#[must_use]
pub struct Conversion {
    source: Source,
    input: PathBuf,
    users: Vec<PathBuf>,
    organizations: Vec<PathBuf>,
    comments: Vec<PathBuf>,
    files: Option<PathBuf>,
    map: Map,
}

impl Conversion {
    /// Creates a conversion of the tickets of a Zendesk account. The input is the
    /// account's export as JSON, or pages of the incremental API.
    pub fn zendesk(input: impl Into<PathBuf>) -> Self {
        Self::new(Source::Zendesk, input.into())
    }

    /// Creates a conversion of a CSV file in which a row is a ticket. If the map names
    /// a column to group the rows by, a row is a message.
    pub fn csv(input: impl Into<PathBuf>) -> Self {
        Self::new(Source::Csv, input.into())
    }

    fn new(source: Source, input: PathBuf) -> Self {
        Self {
            source,
            input,
            users: Vec::new(),
            organizations: Vec::new(),
            comments: Vec::new(),
            files: None,
            map: Map::default(),
        }
    }

    /// Adds a file with the users of the Zendesk account. It says which users are
    /// agents, and what addresses the customers have.
    pub fn users(mut self, path: impl Into<PathBuf>) -> Self {
        self.users.push(path.into());
        self
    }

    /// Adds a file with the organisations of the Zendesk account. Their names are kept
    /// in the tickets' `meta`.
    pub fn organizations(mut self, path: impl Into<PathBuf>) -> Self {
        self.organizations.push(path.into());
        self
    }

    /// Adds a file with comments of the Zendesk account, for tickets that don't contain
    /// their comments.
    pub fn comments(mut self, path: impl Into<PathBuf>) -> Self {
        self.comments.push(path.into());
        self
    }

    /// Sets the folder with the files that were fetched from the source. In the
    /// tickets, the addresses of these files replace the addresses in the source.
    pub fn files(mut self, folder: impl Into<PathBuf>) -> Self {
        self.files = Some(folder.into());
        self
    }

    /// Sets the map, which says what the values of the source become.
    pub fn map(mut self, map: Map) -> Self {
        self.map = map;
        self
    }

    /// Returns the number of bytes that a run reads, for a progress bar.
    ///
    /// # Errors
    ///
    /// When a file doesn't exist, or its size can't be read.
    pub fn size(&self) -> io::Result<u64> {
        let size = |path: &PathBuf| std::fs::metadata(path).map(|file| file.len());
        let mut total = size(&self.input)?;
        if self.source == Source::Zendesk {
            // The file is read twice: first for the versions of its tickets and the people
            // in it, then for the tickets.
            total = total.saturating_mul(2);
        }
        let others = self.users.iter().chain(&self.organizations);
        for path in others.chain(&self.comments) {
            total = total.saturating_add(size(path)?);
        }
        Ok(total)
    }

    /// Writes a line per ticket, in the order of the input. Nothing is sent. Records
    /// that can't be converted are reported to the observer and counted.
    ///
    /// # Errors
    ///
    /// When a file can't be read or has the wrong format, when the lines can't be
    /// written, or when the observer fails. Except after a failed write, the output
    /// ends with a whole line.
    pub fn run(&self, output: &mut dyn Write, observer: &dyn Observer) -> Result<Summary, Error> {
        let mut run = self.start(Some(output), observer)?;
        match self.source {
            Source::Zendesk => self.zendesk_tickets(&mut run)?,
            Source::Csv => {
                let columns = Columns::read(&self.input, &self.map.csv)?;
                self.csv_tickets(&mut run, &columns, false)?;
            }
        }
        run.finish()
    }

    /// Returns a map to be filled in, as TOML. It contains the values of the input that
    /// a map can convert, each with the number of its occurrences. A table lists at
    /// most 10,000 values one by one, and counts all others together. If a map was set,
    /// its entries aren't copied.
    ///
    /// # Errors
    ///
    /// The errors of [`run`](Self::run).
    pub fn template(&self, observer: &dyn Observer) -> Result<String, Error> {
        let mut run = self.start(None, observer)?;
        let columns = match self.source {
            Source::Zendesk => {
                self.zendesk_tickets(&mut run)?;
                None
            }
            Source::Csv => {
                let columns = Columns::read(&self.input, &self.map.csv)?;
                let repeated = self.csv_tickets(&mut run, &columns, true)?;
                // If ids are repeated, each row is probably a message.
                let guessed = columns.name_of("id").filter(|_| repeated);
                let group = columns.group_name().or(guessed).unwrap_or_default();
                Some((group.to_owned(), columns))
            }
        };
        Ok(template(
            &run.renderer.prefix,
            &run.renderer.counts,
            columns,
        ))
    }

    fn start<'r>(
        &self,
        output: Option<&'r mut dyn Write>,
        observer: &'r dyn Observer,
    ) -> Result<Run<'r>, Error> {
        let (prefix, suffixes, path) = match self.source {
            Source::Zendesk => ("zendesk", crate::zendesk::HOSTS, crate::zendesk::FILES),
            Source::Csv => ("csv", &[] as &[&str], "/"),
        };
        let prefix = self.map.prefix.as_deref().unwrap_or(prefix);
        Ok(Run {
            renderer: Renderer {
                map: self.map.clone(),
                prefix: prefix.to_owned(),
                counts: ValueCounts::default(),
                addresses: Addresses {
                    files: self.files.clone(),
                    hosts: self.map.hosts.clone(),
                    suffixes,
                    path,
                    ..Addresses::default()
                },
            },
            store: Store::new()?,
            reporter: Reporter {
                observer,
                counts: BTreeMap::new(),
            },
            summary: Summary::default(),
            output,
        })
    }
}
