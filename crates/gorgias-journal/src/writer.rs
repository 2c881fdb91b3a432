//! The thread that reads and writes the file.
//!
//! A call of SQLite blocks its thread, and syncing the file to the disk takes
//! milliseconds. So one thread runs the jobs of all callers. The jobs that arrive during
//! a sync share the next transaction, which takes one sync.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use gorgias::journal::JournalError;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::queries::Queries;

/// The most jobs in one transaction. Their number is bounded so that the first job
/// doesn't wait long for its result.
const BATCH: usize = 512;

/// A piece of work within a transaction. `run` is called again if the transaction of
/// several jobs fails. `finish` passes the result to the caller, after the last
/// transaction was committed or has failed.
pub(crate) trait Job: Send {
    fn run(&mut self, queries: &Queries<'_>) -> rusqlite::Result<()>;
    fn finish(self: Box<Self>, committed: Result<(), JournalError>);
}

/// Runs jobs, on a thread or at once.
#[derive(Debug)]
pub(crate) enum Writer {
    Thread {
        jobs: Option<Sender<Box<dyn Job>>>,
        thread: Option<JoinHandle<()>>,
    },
    /// On the caller's thread, for tests in virtual time.
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
                commit_batch(connection, clock, vec![job]);
                None
            }
        };
        if let Some(job) = refused {
            job.finish(Err(gone()));
        }
    }

    /// Runs `work`, and waits until its transaction is on the disk.
    pub(crate) async fn ask<T, F>(&self, work: F) -> Result<T, JournalError>
    where
        T: Send + 'static,
        F: FnMut(&Queries<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        self.submit(work).await.unwrap_or_else(|_| Err(gone()))
    }

    /// Runs `work`, even if the returned receiver is dropped.
    pub(crate) fn submit<T, F>(&self, work: F) -> oneshot::Receiver<Result<T, JournalError>>
    where
        T: Send + 'static,
        F: FnMut(&Queries<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Box::new(Ask {
            work,
            result: None,
            reply,
        }));
        answer
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        match self {
            Self::Thread { jobs, thread } => {
                // This closes the channel. The thread runs the jobs that were sent
                // before, and ends.
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
    F: FnMut(&Queries<'_>) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, queries: &Queries<'_>) -> rusqlite::Result<()> {
        self.result = Some((self.work)(queries)?);
        Ok(())
    }

    fn finish(self: Box<Self>, committed: Result<(), JournalError>) {
        let Self { result, reply, .. } = *self;
        // The caller's future may have been dropped.
        let _: Result<(), _> = reply.send(committed.and_then(|()| result.ok_or_else(gone)));
    }
}

fn work(mut connection: Connection, clock: &Clock, queue: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH.saturating_sub(1)));
        commit_batch(&mut connection, clock, batch);
    }
}

fn commit_batch(connection: &mut Connection, clock: &Clock, mut batch: Vec<Box<dyn Job>>) {
    let failure = commit(connection, clock, &mut batch).err();
    // A job that fails must not fail the others in its batch, so each job is run
    // again in a transaction of its own.
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
    // An immediate transaction lets no other process write between the reads and
    // the writes of a job.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let queries = Queries {
        connection: &transaction,
        now: clock.now(),
    };
    for job in batch {
        job.run(&queries)?;
    }
    transaction.commit()
}
