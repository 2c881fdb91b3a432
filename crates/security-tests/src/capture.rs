//! Collects the logs and the panic messages of a thread.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client::chain;

thread_local! {
    static CURRENT: RefCell<Option<Capture>> = const { RefCell::new(None) };
}

/// The text collected on a thread.
#[derive(Clone)]
pub struct Capture {
    text: Arc<Mutex<String>>,
    level: LevelFilter,
}

/// Collects text until it is dropped.
pub struct Capturing {
    capture: Capture,
    _subscriber: tracing::subscriber::DefaultGuard,
}

impl Capture {
    /// Starts to collect events and spans of `tracing`, records of `log` and
    /// panics of this thread.
    #[must_use]
    pub fn start(level: LevelFilter) -> Capturing {
        static GLOBAL: Once = Once::new();
        GLOBAL.call_once(|| {
            log::set_logger(&ToCapture).expect("no other logger");
            log::set_max_level(log::LevelFilter::Trace);
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                add(&format!("{panic}\n"));
                before(panic);
            }));
        });
        let capture = Self {
            text: Arc::default(),
            level,
        };
        CURRENT.set(Some(capture.clone()));
        Capturing {
            _subscriber: tracing::subscriber::set_default(capture.clone()),
            capture,
        }
    }

    fn add(&self, text: &str) {
        self.text
            .lock()
            .expect("no panic while adding")
            .push_str(text);
    }
}

impl Capturing {
    /// Adds a text that is neither a log nor a panic message.
    pub fn add(&self, text: impl AsRef<str>) {
        self.capture.add(text.as_ref());
        self.capture.add("\n");
    }

    /// Adds the `Debug` output of a value.
    pub fn add_debug(&self, value: &dyn fmt::Debug) {
        self.add(format!("{value:?}\n{value:#?}"));
    }

    /// Adds the `Display` and `Debug` output of an error and of its causes.
    pub fn add_error(&self, error: &(dyn std::error::Error + 'static)) {
        for error in chain(error) {
            self.add(format!("{error}\n{error:#}"));
            self.add_debug(&error);
        }
    }

    /// Returns the collected text.
    #[must_use]
    pub fn text(&self) -> String {
        self.capture
            .text
            .lock()
            .expect("no panic while adding")
            .clone()
    }
}

impl Drop for Capturing {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

fn add(text: &str) {
    CURRENT.with_borrow(|current| {
        if let Some(capture) = current {
            capture.add(text);
        }
    });
}

struct ToCapture;

impl log::Log for ToCapture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        CURRENT.with_borrow(|current| {
            let level = record.level().as_str().parse::<LevelFilter>();
            if let Some(capture) = current
                && level.expect("a level of tracing") <= capture.level
            {
                capture.add(&format!("{} {}\n", record.target(), record.args()));
            }
        });
    }

    fn flush(&self) {}
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(format!("span {}", span.metadata().name()));
        span.record(&mut fields);
        self.add(&fields.line());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields("record".to_owned());
        values.record(&mut fields);
        self.add(&fields.line());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(format!("event {}", event.metadata().target()));
        event.record(&mut fields);
        self.add(&fields.line());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields(String);

impl Fields {
    fn line(mut self) -> String {
        self.0.push('\n');
        self.0
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        for error in chain(value) {
            let _ = write!(self.0, " {field}={error} {error:?}");
        }
    }
}
