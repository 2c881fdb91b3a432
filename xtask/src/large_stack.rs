//! Threads with room for the generator, which walks schemas by recursion.

use std::io;
use std::thread::{self, Scope, ScopedJoinHandle};

/// 512 MiB. Pages that aren't used cost nothing.
const STACK: usize = 512 << 20;

/// Starts a thread.
pub fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    let builder = thread::Builder::new().name("generator".to_owned());
    builder.stack_size(STACK).spawn_scoped(scope, work)
}

/// Runs something in a thread of its own. `None` when it panics.
pub fn run<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| spawn(scope, work).ok()?.join().ok())
}
