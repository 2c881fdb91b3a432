//! Converting made-up exports, and holding what comes out to what was promised
//! of it.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::PathBuf;

use gorgias_convert::{Conversion, Map, Notice, NoticeKind, Observer, Summary};
use gorgias_import::Rules;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with an export in it.
pub(crate) struct Export(TempDir);

impl Export {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder");
        for (name, content) in files {
            fs::write(folder.path().join(name), content).expect("is written");
        }
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The Zendesk export of an account that has only tickets.
    pub(crate) fn zendesk(tickets: &[Value]) -> (Self, Conversion) {
        let lines: String = tickets.iter().map(|ticket| format!("{ticket}\n")).collect();
        let export = Self::new(&[("tickets", &lines)]);
        let conversion = Conversion::zendesk(export.path("tickets"));
        (export, conversion)
    }

    /// A CSV file, read as a map says.
    pub(crate) fn csv(text: &str, map: &str) -> (Self, Conversion) {
        let export = Self::new(&[("in.csv", text)]);
        let map = Map::from_toml(map).expect("a map");
        let conversion = Conversion::csv(export.path("in.csv")).map(map);
        (export, conversion)
    }
}

/// The folder with the export of some fifty tickets.
pub(crate) fn example(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.join("tests/export").join(name)
}

/// The output of a conversion.
pub(crate) struct Converted {
    pub(crate) tickets: Vec<Value>,
    pub(crate) summary: Summary,
    pub(crate) notices: Vec<Notice>,
    pub(crate) urls: Vec<String>,
}

#[derive(Default)]
struct Watcher {
    notices: RefCell<Vec<Notice>>,
    urls: RefCell<Vec<String>>,
}

impl Observer for Watcher {
    fn notice(&self, notice: &Notice) -> io::Result<()> {
        self.notices.borrow_mut().push(notice.clone());
        Ok(())
    }

    fn address(&self, url: &str) -> io::Result<()> {
        self.urls.borrow_mut().push(url.to_owned());
        Ok(())
    }
}

/// Converts, and checks what holds for every output.
pub(crate) fn convert(conversion: &Conversion) -> Converted {
    let outcome = unchecked(conversion);
    let text: String = outcome
        .tickets
        .iter()
        .map(|line| format!("{line}\n"))
        .collect();
    let rejected = rejected(text.as_bytes());
    assert_eq!(rejected, Vec::<String>::new());
    for message in outcome.tickets.iter().flat_map(messages) {
        let text = message.to_string();
        assert!(message["sent_datetime"].is_string(), "{text}");
        let note = message["channel"] == "internal-note";
        assert_eq!(message["public"] == false, note, "{text}");
        assert_eq!(
            text.contains("SECRET"),
            text.contains("SECRET") && note,
            "{text}"
        );
    }
    outcome
}

/// Converts, and checks nothing.
pub(crate) fn unchecked(conversion: &Conversion) -> Converted {
    let mut output = Vec::new();
    let watcher = Watcher::default();
    let summary = conversion.run(&mut output, &watcher).expect("is converted");
    let text = String::from_utf8(output).expect("is UTF-8");
    let tickets = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("is JSON"));
    let outcome = Converted {
        tickets: tickets.collect(),
        summary,
        notices: watcher.notices.into_inner(),
        urls: watcher.urls.into_inner(),
    };
    let lines = outcome.tickets.len() as u64;
    assert_eq!(outcome.summary.lines, lines);
    let count: u64 = outcome
        .notices
        .iter()
        .map(|notice| notice.count.unwrap_or(1))
        .sum();
    assert_eq!(outcome.summary.notices.values().sum::<u64>(), count);
    outcome
}

/// The problems that a dry run of the import finds in the lines.
pub(crate) fn rejected(lines: &[u8]) -> Vec<String> {
    struct Rejections(Vec<String>);

    impl gorgias_import::Observer for Rejections {
        fn line(
            &mut self,
            report: &gorgias_import::LineReport,
        ) -> Result<(), gorgias_import::ObserverError> {
            if let gorgias_import::LineOutcome::Rejected(rejection) = &report.outcome {
                self.0.push(format!("{}: {rejection:?}", report.line));
            }
            Ok(())
        }
    }

    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let mut rejections = Rejections(Vec::new());
    let rules = Rules::new();
    let run = rules.dry_run(lines, &mut rejections);
    runtime
        .expect("a runtime")
        .block_on(run)
        .expect("is checked");
    rejections.0
}

pub(crate) fn messages(ticket: &Value) -> impl Iterator<Item = &Value> {
    ticket["messages"].as_array().into_iter().flatten()
}

impl Converted {
    /// The ticket of an external id.
    #[track_caller]
    pub(crate) fn ticket(&self, id: &str) -> &Value {
        let found = self
            .tickets
            .iter()
            .find(|ticket| ticket["external_id"] == id);
        found.unwrap_or_else(|| panic!("no ticket {id}"))
    }

    /// The ticket of a subject.
    #[track_caller]
    pub(crate) fn about(&self, subject: &str) -> &Value {
        let found = self
            .tickets
            .iter()
            .find(|ticket| ticket["subject"] == subject);
        found.unwrap_or_else(|| panic!("no ticket about {subject}"))
    }

    pub(crate) fn notices_of(&self, kind: NoticeKind) -> Vec<&Notice> {
        let notices = self.notices.iter();
        notices.filter(|notice| notice.kind == kind).collect()
    }

    /// The counts of the notices of a kind about values of a table.
    pub(crate) fn counts(&self, kind: NoticeKind, table: &str) -> Vec<(&str, u64)> {
        let notices = self.notices_of(kind).into_iter();
        notices
            .filter(|notice| notice.table == Some(table))
            .map(|notice| {
                let value = notice.value.as_deref().unwrap_or_default();
                (value, notice.count.unwrap_or_default())
            })
            .collect()
    }
}
