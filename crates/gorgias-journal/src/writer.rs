//! The thread that writes.
//!
//! SQLite blocks, and a sync takes milliseconds. One thread does the work of
//! everybody: what comes in while it syncs is one transaction with one sync.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use gorgias::journal::JournalError;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use crate::book::Book;
use crate::clock::Clock;

/// The most that one transaction holds.
const BATCH: usize = 512;

/// One piece of work. It is told whether the transaction it was part of was
/// committed; until then nobody hears of its result.
pub(crate) trait Job: Send {
    fn run(&mut self, book: &Book<'_>) -> rusqlite::Result<()>;
    fn finish(self: Box<Self>, committed: Result<(), JournalError>);
}

/// Whoever does the work, and the way there.
#[derive(Debug)]
pub(crate) enum Writer {
    Thread {
        jobs: Option<Sender<Box<dyn Job>>>,
        thread: Option<JoinHandle<()>>,
    },
    /// The caller's own thread.
    #[cfg(any(test, feature = "test-util"))]
    Inline(std::sync::Mutex<(Connection, Clock)>),
}

impl Writer {
    #[cfg(any(test, feature = "test-util"))]
    pub(crate) fn inline(connection: Connection, clock: Clock) -> Self {
        Self::Inline(std::sync::Mutex::new((connection, clock)))
    }

    pub(crate) fn start(connection: Connection, clock: Clock) -> std::io::Result<Self> {
        let (jobs, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("gorgias-journal".to_owned())
            .spawn(move || work(connection, &clock, &queue))?;
        Ok(Self::Thread {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Has something done that nobody waits for.
    pub(crate) fn tell(&self, job: impl Job + 'static) {
        self.send(Box::new(job));
    }

    fn send(&self, job: Box<dyn Job>) {
        let refused = match self {
            Self::Thread {
                jobs: Some(jobs), ..
            } => jobs.send(job).err().map(|refused| refused.0),
            Self::Thread { jobs: None, .. } => Some(job),
            #[cfg(any(test, feature = "test-util"))]
            Self::Inline(place) => {
                use std::sync::PoisonError;

                let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
                let (connection, clock) = &mut *place;
                settle(connection, clock, vec![job]);
                None
            }
        };
        if let Some(job) = refused {
            job.finish(Err(gone()));
        }
    }

    /// Has something done, and waits until it is on the disk.
    pub(crate) async fn ask<T, F>(&self, work: F) -> Result<T, JournalError>
    where
        T: Send + 'static,
        F: FnMut(&Book<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Box::new(Ask {
            work,
            result: None,
            reply,
        }));
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        match self {
            Self::Thread { jobs, thread } => {
                // The thread ends when nobody can send it anything any more,
                // after doing what was sent.
                *jobs = None;
                if let Some(thread) = thread.take() {
                    let _: std::thread::Result<()> = thread.join();
                }
            }
            #[cfg(any(test, feature = "test-util"))]
            Self::Inline(_) => {}
        }
    }
}

fn gone() -> JournalError {
    JournalError::new("the journal's thread is gone")
}

struct Ask<T, F> {
    work: F,
    result: Option<T>,
    reply: oneshot::Sender<Result<T, JournalError>>,
}

impl<T: Send, F> Job for Ask<T, F>
where
    F: FnMut(&Book<'_>) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, book: &Book<'_>) -> rusqlite::Result<()> {
        self.result = Some((self.work)(book)?);
        Ok(())
    }

    fn finish(self: Box<Self>, committed: Result<(), JournalError>) {
        let Self { result, reply, .. } = *self;
        // Whoever asked may have gone away.
        let _: Result<(), _> = reply.send(committed.and_then(|()| result.ok_or_else(gone)));
    }
}

fn work(mut connection: Connection, clock: &Clock, queue: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH.saturating_sub(1)));
        settle(&mut connection, clock, batch);
    }
}

fn settle(connection: &mut Connection, clock: &Clock, mut batch: Vec<Box<dyn Job>>) {
    let failure = commit(connection, clock, &mut batch).err();
    // One that fails must not fail its neighbours.
    if failure.is_some() && batch.len() > 1 {
        for job in batch {
            let mut alone = vec![job];
            let committed = commit(connection, clock, &mut alone);
            finish(alone, committed.err());
        }
    } else {
        finish(batch, failure);
    }
}

fn finish(batch: Vec<Box<dyn Job>>, failure: Option<rusqlite::Error>) {
    let failure = failure.map(|failure| failure.to_string());
    for job in batch {
        job.finish(match &failure {
            None => Ok(()),
            Some(failure) => Err(JournalError::new(failure.clone())),
        });
    }
}

fn commit(
    connection: &mut Connection,
    clock: &Clock,
    batch: &mut [Box<dyn Job>],
) -> rusqlite::Result<()> {
    // Immediate, so that no other process comes between reading and writing.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let book = Book {
        connection: &transaction,
        now: clock.now(),
    };
    for job in batch {
        job.run(&book)?;
    }
    transaction.commit()
}
