//! Kills a process again and again while it sends requests.
//!
//! A test program with this module has no test harness, because it is both
//! processes: it starts itself as the worker, and kills the worker after a number
//! of the service's answers. The crate `gorgias-import` uses the module too.

use std::ffi::OsStr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use gorgias_emulator::{Emulator, Fault, FaultRule};
use tokio::process::{Child, Command};
use tokio::sync::Notify;

/// Runs the only test of a program, or lists it as a test harness does.
pub fn run(name: &str, test: impl Future<Output = ExitCode>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        if !arguments.iter().any(|argument| argument == "--ignored") {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test)
}

/// Prints the result of the test: the number of intents that the killed workers left
/// behind, or the problem.
pub fn report(name: &str, result: Result<usize, String>) -> ExitCode {
    match result {
        Ok(interrupted) => {
            println!("test {name} ... ok ({interrupted} intents were left behind)");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("test {name} ... FAILED: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Starts this program once more, with environment variables that make it the
/// worker.
pub fn start<'a>(variables: impl IntoIterator<Item = (&'a str, &'a OsStr)>) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .envs(variables)
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// Delays the answers to operations, so that a kill can happen between a request
/// and its answer.
pub fn delay(emulator: &Emulator, operations: &[&str]) {
    let slow = Fault::none()
        .latency(Duration::from_millis(5))
        .response_latency(Duration::from_millis(20));
    for operation in operations {
        let rule = FaultRule::new(slow.clone()).operation(*operation);
        emulator.inject(rule.always());
    }
}

/// Counts the answers of a service.
#[derive(Clone, Default)]
pub struct Answers {
    count: Arc<AtomicU64>,
    changed: Arc<Notify>,
}

impl Answers {
    /// Counts one more answer.
    pub fn add(&self) {
        self.count.fetch_add(1, Ordering::SeqCst);
        self.changed.notify_one();
    }

    /// Kills a worker after some more answers. It is an error if the worker ends
    /// before.
    pub async fn kill_after(&self, more: u64, mut worker: Child) -> Result<(), String> {
        let goal = self.count.load(Ordering::SeqCst) + more;
        while self.count.load(Ordering::SeqCst) < goal {
            tokio::select! {
                () = self.changed.notified() => {}
                status = worker.wait() => {
                    return Err(format!("the worker ended before it was killed: {status:?}"));
                }
            }
        }
        worker.kill().await.unwrap();
        Ok(())
    }
}
