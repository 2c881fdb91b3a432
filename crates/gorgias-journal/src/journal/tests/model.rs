//! The journal beside the one in memory, which is its model.

use super::*;

/// A call of a journal.
#[derive(Clone, Debug)]
enum Act {
    Claim {
        id: u8,
        body: u8,
        lease: u16,
        watched: bool,
    },
    Renew {
        id: u8,
        claim: usize,
        stage: Stage,
        lease: u16,
    },
    Record {
        id: u8,
        claim: usize,
        outcome: ClaimOutcome,
    },
    Abandon {
        id: u8,
        claim: usize,
        may_be_out: bool,
    },
    Wait(u16),
}

fn act() -> impl Strategy<Value = Act> {
    let id = 0..2_u8;
    let claim = 0..6_usize;
    let lease = 0..20_u16;
    let stage = prop_oneof![
        Just(Stage::Looking),
        any::<u8>().prop_map(|body| Stage::Sending(BodyHash::from_bytes([body % 2; 32]))),
        Just(Stage::Settling),
        Just(Stage::Identifying),
    ];
    let outcome = prop_oneof![
        (1..9_i64).prop_map(|resource_id| ClaimOutcome::Done { resource_id }),
        Just(ClaimOutcome::NotApplied),
        Just(ClaimOutcome::InDoubt),
        Just(ClaimOutcome::Applied),
        Just(ClaimOutcome::Freed),
    ];
    prop_oneof![
        4 => (id.clone(), 0..2_u8, lease.clone(), any::<bool>())
            .prop_map(|(id, body, lease, watched)| Act::Claim { id, body, lease, watched }),
        2 => (id.clone(), claim.clone(), stage, lease.clone())
            .prop_map(|(id, claim, stage, lease)| Act::Renew { id, claim, stage, lease }),
        2 => (id.clone(), claim.clone(), outcome)
            .prop_map(|(id, claim, outcome)| Act::Record { id, claim, outcome }),
        1 => (id, claim, any::<bool>())
            .prop_map(|(id, claim, may_be_out)| Act::Abandon { id, claim, may_be_out }),
        3 => lease.prop_map(Act::Wait),
    ]
}

/// The answers of a journal, with the claims numbered in order.
#[derive(Default)]
struct Answers {
    claims: Vec<ClaimId>,
    /// The last hold that an answer contained.
    hold: Option<Hold>,
    texts: Vec<String>,
}

impl Answers {
    async fn act(&mut self, journal: &dyn Journal, act: &Act) {
        let key = |id: u8| ExternalId::new(format!("order-{id}")).unwrap();
        let secs = |secs: u16| Duration::from_secs(u64::from(secs));
        let known = |claims: &[ClaimId], claim: usize| claims.get(claim).copied();
        match *act {
            Act::Claim {
                id,
                body,
                lease,
                watched,
            } => {
                let body = BodyHash::from_bytes([body; 32]);
                let expired = self.hold.filter(|_| watched);
                let claim = journal
                    .claim(&key(id), body, secs(lease), expired)
                    .await
                    .unwrap();
                match claim {
                    Claim::New(claim) | Claim::Unsent(claim) | Claim::Unsettled { claim, .. } => {
                        self.claims.push(claim);
                    }
                    _ => {}
                }
                self.texts.push(match claim {
                    Claim::New(_) => "new".to_owned(),
                    Claim::Unsent(_) => "unsent".to_owned(),
                    Claim::Unsettled {
                        left,
                        same_body,
                        age,
                        may_run,
                        ..
                    } => {
                        format!("{left:?} {same_body} {age:?} {may_run:?}")
                    }
                    Claim::Held {
                        hold,
                        remaining,
                        lease,
                    } => {
                        self.hold = Some(hold);
                        format!("held {remaining:?} {lease:?}")
                    }
                    other => format!("{other:?}"),
                });
            }
            Act::Renew {
                id,
                claim,
                stage,
                lease,
            } => {
                if let Some(claim) = known(&self.claims, claim) {
                    let kept = journal.renew(&key(id), claim, stage, secs(lease)).await;
                    self.texts.push(format!("{}", kept.unwrap()));
                }
            }
            Act::Record { id, claim, outcome } => {
                if let Some(claim) = known(&self.claims, claim) {
                    journal.record(&key(id), claim, outcome).await.unwrap();
                }
            }
            Act::Abandon {
                id,
                claim,
                may_be_out,
            } => {
                if let Some(claim) = known(&self.claims, claim) {
                    journal.abandon(&key(id), claim, may_be_out);
                }
            }
            Act::Wait(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The journal in memory is the model: the same calls get the same answers
    /// from both.
    #[test]
    fn a_journal_on_disk_answers_as_one_in_memory(acts in proptest::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let (on_disk, in_memory) = runtime.block_on(async {
            let fixture = Fixture::new();
            let model = MemoryJournal::new();
            let (mut on_disk, mut in_memory) = (Answers::default(), Answers::default());
            for act in &acts {
                on_disk.act(&fixture.journal, act).await;
                in_memory.act(&model, act).await;
                if let Act::Wait(secs) = act {
                    // An abandoned claim has to be written before the time
                    // moves on.
                    fixture.journal.unsettled().await.unwrap();
                    let wait = Duration::from_secs(u64::from(*secs));
                    fixture.advance(wait);
                    tokio::time::advance(wait).await;
                }
            }
            (on_disk.texts, in_memory.texts)
        });
        prop_assert_eq!(on_disk, in_memory);
    }
}
