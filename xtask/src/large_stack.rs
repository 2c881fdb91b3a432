//! Starts threads with a large stack for the generator, which walks through schemas by
//! recursion.

use std::io;
use std::thread::{self, Scope, ScopedJoinHandle};

/// The size of the stack, 512 MiB. Memory that isn't used costs nothing.
const STACK: usize = 512 << 20;

/// Starts a thread with a large stack.
pub fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    let builder = thread::Builder::new().name("generator".to_owned());
    builder.stack_size(STACK).spawn_scoped(scope, work)
}

/// Runs work in a thread with a large stack. `None` if the work panics, or the thread can't be
/// started.
pub fn run<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| spawn(scope, work).ok()?.join().ok())
}
