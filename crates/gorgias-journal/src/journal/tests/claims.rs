//! Tests of who may act on an id.

use super::*;

#[tokio::test]
async fn entries_survive_a_restart() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    let done = ExternalId::new("done").unwrap();
    let Claim::New(claim) = journal.claim(&done, BODY, SECOND, None).await.unwrap() else {
        panic!("known already");
    };
    let outcome = ClaimOutcome::Done { resource_id: 7 };
    journal.record(&done, claim, outcome).await.unwrap();
    assert!(matches!(
        journal.claim(&id(), BODY, SECOND, None).await,
        Ok(Claim::New(_))
    ));
    drop(journal);

    let journal = open_at(&directory, &time);
    let again = journal.claim(&done, BODY, SECOND, None).await.unwrap();
    assert_eq!(again, Claim::Done { resource_id: 7 });
    let left = journal.unsettled().await.unwrap();
    let [(interrupted, entry)] = left.as_slice() else {
        panic!("{left:?}");
    };
    assert_eq!(*interrupted, id());
    let (left, held_for) = (Left::Interrupted, SECOND);
    assert_eq!(entry.state, EntryState::Unsettled { left, held_for });
}

#[tokio::test]
async fn an_id_whose_ticket_the_caller_found_is_done() {
    let fixture = Fixture::new();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    let other = ExternalId::new("order-2").unwrap();
    for id in [&id(), &other] {
        fixture.journal.settled(id, 9).await.unwrap();
    }
    assert_eq!(fixture.claim().await, Claim::Done { resource_id: 9 });
    let unknown = fixture.journal.claim(&other, BODY, SECOND, None).await;
    assert!(matches!(unknown, Ok(Claim::New(_))));
}

#[tokio::test]
async fn two_processes_never_hold_one_claim() {
    let fixture = Fixture::new();
    let other = open_at(&fixture.directory, &fixture.time);
    let first = fixture.sending().await;
    let seen = other.claim(&id(), BODY, 10 * SECOND, None).await.unwrap();
    let Claim::Held {
        remaining, lease, ..
    } = seen
    else {
        panic!("{seen:?}");
    };
    assert_eq!((remaining, lease), (10 * SECOND, 10 * SECOND));
    fixture.advance(12 * SECOND);
    let taken = other.claim(&id(), BODY, 10 * SECOND, None).await.unwrap();
    let Claim::Unsettled { age, may_run, .. } = taken else {
        panic!("{taken:?}");
    };
    assert_eq!((age, may_run), (12 * SECOND, 10 * SECOND));
    assert!(matches!(fixture.claim().await, Claim::Held { .. }));
    let late = fixture.renew(first, Stage::Sending(BODY)).await;
    assert!(!late, "the first holder may not send any more");
}

#[tokio::test]
async fn a_lease_from_another_time_ends_when_it_was_watched_to_its_end() {
    let fixture = Fixture::new();
    fixture.sending().await;
    // A day back.
    fixture.time.fetch_sub(86_400_000, Ordering::SeqCst);
    let fault = fixture.journal.clock_fault().await.unwrap();
    assert_eq!(fault, Some(86_400 * SECOND));
    let Claim::Held {
        hold,
        remaining,
        lease,
    } = fixture.claim().await
    else {
        panic!("not held");
    };
    assert!(remaining > lease);
    let entry = fixture.journal.entry(&id()).await.unwrap().unwrap();
    let EntryState::Unsettled { held_for, .. } = entry.state else {
        panic!("settled");
    };
    assert_eq!(held_for, lease);
    let taken = fixture.journal.claim(&id(), BODY, SECOND, Some(hold)).await;
    assert!(matches!(taken.unwrap(), Claim::Unsettled { .. }));
    assert_eq!(fixture.journal.clock_fault().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_claims_at_once_one_is_new() {
    let fixture = Fixture::new();
    let journals: Vec<_> = (0..4)
        .map(|_| Arc::new(open_at(&fixture.directory, &fixture.time)))
        .collect();
    let mut tasks = tokio::task::JoinSet::new();
    for journal in journals.iter().cycle().take(40) {
        let journal = Arc::clone(journal);
        tasks.spawn(async move { journal.claim(&id(), BODY, SECOND, None).await.unwrap() });
    }
    let claims = tasks.join_all().await;
    let new = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::New(_)))
        .count();
    let held = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::Held { .. }))
        .count();
    assert_eq!((new, held), (1, 39));
}

#[tokio::test]
async fn abandoning_is_written_before_the_journal_ends() {
    for may_be_out in [true, false] {
        let Fixture {
            journal,
            time,
            directory,
        } = Fixture::new();
        let Claim::New(claim) = journal.claim(&id(), BODY, 10 * SECOND, None).await.unwrap() else {
            panic!("known already");
        };
        let sending = Stage::Sending(BODY);
        journal.renew(&id(), claim, sending, SECOND).await.unwrap();
        journal.abandon(&id(), claim, may_be_out);
        drop(journal);
        let journal = open_at(&directory, &time);
        let again = journal.claim(&id(), BODY, SECOND, None).await.unwrap();
        assert_eq!(matches!(again, Claim::Unsettled { .. }), may_be_out);
        assert_eq!(matches!(again, Claim::New(_)), !may_be_out);
    }
}
