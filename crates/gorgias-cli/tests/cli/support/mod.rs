//! Running the binary, and what it talks to.

mod canned;
mod served;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use serde_json::Value;

pub(crate) use self::canned::{Canned, reply};
pub(crate) use self::served::{Served, signal};

/// The shortest flags that make a ticket.
pub(crate) const FROM_JANE: [&str; 6] = [
    "ticket",
    "create",
    "--from",
    "jane@example.com",
    "--text",
    "Hello.",
];

/// The binary in an environment that says nothing about Gorgias or proxies.
pub(crate) fn gorgias(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gorgias"));
    let ours = |name: &str| {
        let name = name.to_ascii_uppercase();
        name.starts_with("GORGIAS_") || name.ends_with("_PROXY")
    };
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(ours) {
            command.env_remove(name);
        }
    }
    command.args(arguments);
    command
}

/// The exit code and the output of a run.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl CommandOutput {
    /// The result, which must be the only thing on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }

    /// The exit code of a failure, which must leave standard output empty and
    /// say something on standard error.
    #[track_caller]
    pub(crate) fn failed(&self) -> i32 {
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(self.stderr.starts_with("error: "), "{self:?}");
        self.code.expect("an exit code")
    }

    /// The pointers that are complained about, in order.
    pub(crate) fn pointers(&self) -> Vec<&str> {
        self.stderr
            .lines()
            .filter_map(|line| line.strip_prefix("  /"))
            .filter_map(|line| line.split_once(": "))
            .map(|(pointer, _)| pointer)
            .collect()
    }
}

impl From<Output> for CommandOutput {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

pub(crate) fn run(command: &mut Command) -> CommandOutput {
    command.stdin(Stdio::null()).output().expect("runs").into()
}

/// Runs with something on standard input.
pub(crate) fn run_with_input(command: &mut Command, input: impl AsRef<[u8]>) -> CommandOutput {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(input.as_ref()).expect("is read");
    drop(stdin);
    child.wait_with_output().expect("ends").into()
}

/// Runs against an address, with some credentials.
pub(crate) fn run_at(base_url: &str, arguments: &[&str]) -> CommandOutput {
    run(&mut signed_in(base_url, arguments))
}

pub(crate) fn signed_in(base_url: &str, arguments: &[&str]) -> Command {
    let mut command = gorgias(arguments);
    command
        .env("GORGIAS_EMAIL", "agent@acme.example")
        .env("GORGIAS_API_KEY", "a-key")
        .args(["--base-url", base_url]);
    command
}

/// A file that is gone when dropped.
pub(crate) struct TempFile(PathBuf);

impl TempFile {
    pub(crate) fn new(content: impl AsRef<[u8]>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gorgias-cli-test-{}-{number}.json", process::id());
        let path = env::temp_dir().join(name);
        fs::write(&path, content).expect("is written");
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
