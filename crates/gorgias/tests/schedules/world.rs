//! A service with a schedule, and those who call it.

use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::MemoryJournal;
use gorgias::{Client, Error, Resend, RetryPolicy, SettlePolicy};
use gorgias_emulator::Emulator;
use tokio::time::{sleep, timeout};

use crate::LONG_AFTER;
use crate::durable::Durable;
use crate::in_process::InProcess;
use crate::outcome::{Call, Outcomes};
use crate::resource::{Made, Resource, ticket};
use crate::schedule::Schedule;

/// Long enough that every request sent before is over, applied and listed.
const QUIET: Duration = Duration::from_secs(120);

/// The service, and what outlives a process.
#[derive(Clone)]
pub struct World {
    seed: u64,
    resource: Resource,
    /// The ticket that a reply is for.
    to: i64,
    emulator: Emulator,
    journal: Arc<MemoryJournal>,
}

impl World {
    pub fn new(seed: u64, resource: Resource) -> Self {
        Self {
            seed,
            resource,
            to: 0,
            emulator: Emulator::builder().seed(seed).limit(None).build().unwrap(),
            journal: Arc::default(),
        }
    }

    async fn prepare(&mut self, schedule: &Schedule) {
        let resource = self.resource;
        if resource == Resource::Reply {
            let created = self.client(false).tickets().create(ticket()).await;
            self.to = created.unwrap().ticket.id;
        }
        if let Some(outage) = &schedule.outage {
            self.emulator.inject(outage.rule(resource));
        }
        for luck in &schedule.creates {
            let operation = resource.operation("create_ticket");
            self.emulator.inject(luck.rule().operation(operation));
        }
        // Each look-up and each reading takes the next piece of luck.
        for (index, luck) in schedule.reads.iter().enumerate() {
            let operation = if index % 3 == 2 {
                "get_ticket"
            } else {
                "list_tickets"
            };
            let operation = resource.operation(operation);
            self.emulator.inject(luck.rule().operation(operation));
        }
    }

    fn client(&self, crashes: bool) -> Client {
        Client::builder("acme")
            .api_key("agent@acme.example", "key")
            .retry(RetryPolicy::default().seed(self.seed))
            .transport(InProcess(self.emulator.clone()))
            .journal(Durable {
                journal: Arc::clone(&self.journal),
                crashes,
                ..Durable::default()
            })
            .build()
            .unwrap()
    }

    /// Starts with an empty journal, if this is the call before which the old
    /// one is lost.
    async fn lose_journal(&mut self, schedule: &Schedule, call: usize) {
        if schedule.lost == Some(call) {
            sleep(QUIET).await;
            self.journal = Arc::default();
        }
    }

    fn count(&self) -> usize {
        self.resource.count(&self.emulator)
    }
}

/// Calls until the schedule is over, and once more when all is quiet.
pub async fn once(mut world: World, schedule: Schedule) -> Outcomes {
    world.prepare(&schedule).await;
    let mut calls = Vec::new();
    for (index, (patience, rest)) in schedule.calls.iter().enumerate() {
        world.lose_journal(&schedule, index).await;
        let result = call(&world, &schedule, *patience).await;
        let count = world.count();
        calls.push(Call { result, count });
        sleep(*rest).await;
    }
    world.emulator.clear_faults();
    sleep(LONG_AFTER).await;
    world.lose_journal(&schedule, schedule.calls.len()).await;
    let result = call(&world, &schedule, None).await;
    let count = world.count();
    calls.push(Call { result, count });
    sleep(LONG_AFTER).await;
    Outcomes {
        calls,
        count: world.count(),
    }
}

/// One call of a process of its own. None when its caller lost patience.
async fn call(
    world: &World,
    schedule: &Schedule,
    patience: Option<Duration>,
) -> Option<Result<Made, Error>> {
    let client = world.client(schedule.crashes);
    let resend = schedule
        .resend
        .map_or(Resend::Interrupted, Resend::AfterQuiet);
    let policy = SettlePolicy::default().resend(resend);
    let call = world.resource.once(&client, world.to, policy);
    match patience {
        Some(patience) => timeout(patience, call).await.ok(),
        None => Some(call.await),
    }
}

/// What most clients do: the same request up to three times, whatever went
/// wrong. Tells how many there are in the end.
pub async fn naive(mut world: World, schedule: Schedule) -> usize {
    world.prepare(&schedule).await;
    let client = world.client(false);
    for _ in 0..3 {
        if world.resource.naively(&client, world.to).await.is_ok() {
            break;
        }
    }
    sleep(LONG_AFTER).await;
    world.count()
}
