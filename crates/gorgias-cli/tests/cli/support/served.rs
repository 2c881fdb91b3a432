//! `gorgias emulator` in a process of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::gorgias;

/// A running emulator. Killed when dropped.
pub(crate) struct Served {
    child: Child,
    base_url: String,
    stdout: BufReader<ChildStdout>,
    log: Option<BufReader<ChildStderr>>,
}

impl Served {
    /// Starts on a free port and waits for the first line.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = gorgias(&["emulator", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let stdout = child.stdout.take().expect("standard output");
        let log = child.stderr.take().map(BufReader::new);
        let mut served = Self {
            child,
            base_url: String::new(),
            stdout: BufReader::new(stdout),
            log,
        };
        served.base_url = served.output_line();
        served
    }

    /// Starts one whose log goes nowhere.
    pub(crate) fn start_unread() -> Self {
        let mut served = Self::start(&[]);
        served.log = None;
        served
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The next line of standard output; waits for it.
    pub(crate) fn output_line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a line");
        line.strip_suffix('\n').expect("a whole line").to_owned()
    }

    /// The next line of the log; waits for it.
    pub(crate) fn log_line(&mut self) -> String {
        let mut line = String::new();
        let log = self.log.as_mut().expect("a log");
        log.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// Asks it to stop. Returns its exit code and the rest of its log.
    pub(crate) fn stop(mut self, name: &str) -> (Option<i32>, String) {
        signal(&self.child, name);
        let code = self.child.wait().expect("ends").code();
        let mut rest = String::new();
        let log = self.log.as_mut().expect("a log");
        log.read_to_string(&mut rest).expect("UTF-8");
        (code, rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal such as `TERM`.
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args(["-s", name, &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}
