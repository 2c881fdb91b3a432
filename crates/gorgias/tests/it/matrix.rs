//! Every fault the emulator knows, and what becomes of a ticket.

use std::collections::BTreeSet;
use std::time::Duration;

use gorgias::{Created, Delivery, Error, ErrorKind, ExternalId, How, NewTicket};
use gorgias_emulator::{Applied, Emulator, Fault, FaultRule, catalogue};

use crate::support::{emulator, faulty_client_of, posts};

/// What a fault of the creating request leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Nothing is noticed.
    Fine,
    /// It is sent again, and fine then.
    Resent,
    /// The service refused it, and nothing is there.
    Rejected(ErrorKind),
    /// Nothing tells what became of it.
    Unknown(ErrorKind),
    /// It is there; its id got lost.
    Applied(ErrorKind),
    /// It is there; its id got lost but can be made out.
    AppliedWithId(ErrorKind),
    /// It is there, under another external id as it seems.
    Mismatch,
}

use Fate::{Fine, Resent, Unknown};

/// A whole answer that says that all is well, and is no ticket.
const NO_TICKET: Fate = Unknown(ErrorKind::UnexpectedResponse);

const UNREADABLE: Fate = Fate::Applied(ErrorKind::UnexpectedResponse);

#[rustfmt::skip]
const FATES: &[(&str, Fate)] = &[
    ("F1", Resent), ("F2", Resent), ("F3", Resent),
    ("F4", Resent), ("F4-corrupt", Resent), ("F4-stall", Resent),
    ("F5", Resent), ("F6", Resent),
    ("F7", Unknown(ErrorKind::Transport)), ("F8", Unknown(ErrorKind::Transport)),
    ("F9", Unknown(ErrorKind::Transport)), ("F10", Unknown(ErrorKind::Transport)),
    ("F11", Fine), ("F12", Unknown(ErrorKind::Timeout)), ("F13", Fine),
    ("F14", Unknown(ErrorKind::Transport)), ("F15", Unknown(ErrorKind::Transport)),
    ("F16", Unknown(ErrorKind::Transport)), ("F17", Unknown(ErrorKind::Transport)),
    ("F18", UNREADABLE), ("F19", UNREADABLE),
    ("F20", Fate::Applied(ErrorKind::Timeout)), ("F21", Fate::Applied(ErrorKind::Timeout)),
    ("F22", Unknown(ErrorKind::Timeout)), ("F23", Fate::Rejected(ErrorKind::Rejected)),
    ("F24", Resent), ("F25", Unknown(ErrorKind::Timeout)),
    ("F26", Resent), ("F26-502", Resent),
    ("H1", Resent), ("H2", Resent), ("H3", Resent), ("H3-past", Resent), ("H3-garbage", Resent),
    ("H4", Fate::Rejected(ErrorKind::RateLimited)), ("H5", Fate::Rejected(ErrorKind::RateLimited)),
    ("H6", Unknown(ErrorKind::Service)), ("H6-502", Unknown(ErrorKind::Service)),
    ("H6-503", Unknown(ErrorKind::Service)), ("H6-504", Unknown(ErrorKind::Service)),
    ("H7", Unknown(ErrorKind::Service)), ("H8", Unknown(ErrorKind::Service)),
    ("H9", Fate::Rejected(ErrorKind::Unauthorized)),
    ("H10", Fate::Rejected(ErrorKind::QuotaExceeded)),
    ("H10-role", Fate::Rejected(ErrorKind::Forbidden)),
    ("H10-page", Fate::Rejected(ErrorKind::Forbidden)),
    ("H11", Fate::Rejected(ErrorKind::Rejected)), ("H12", Fate::Rejected(ErrorKind::NotFound)),
    ("H12-html", Fate::Rejected(ErrorKind::WrongEndpoint)),
    ("H12-405", Fate::Rejected(ErrorKind::MethodNotAllowed)),
    ("H13", Fate::Rejected(ErrorKind::Conflict)), ("H13-413", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-415", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-422", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-402", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-410", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-414", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-423", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-431", Fate::Rejected(ErrorKind::Rejected)),
    ("H13-451", Fate::Rejected(ErrorKind::Rejected)),
    ("H14", Unknown(ErrorKind::Redirect)), ("H14-307", Unknown(ErrorKind::Redirect)),
    ("H15", Fine), ("H15-202", NO_TICKET), ("H15-204", NO_TICKET),
    ("H16", Unknown(ErrorKind::UnexpectedResponse)), ("H17", Fine),
    ("H16-login", Unknown(ErrorKind::UnexpectedResponse)),
    ("H18", Fate::AppliedWithId(ErrorKind::UnexpectedResponse)),
    ("H19", NO_TICKET), ("H19-null", NO_TICKET), ("H19-array", NO_TICKET),
    ("H19-object", NO_TICKET), ("H19-null-id", NO_TICKET), ("H20", Fate::Mismatch),
    ("H21", Fine), ("H21-trailing", Fine), ("H21-utf16", NO_TICKET), ("H21-utf8", Fine),
    ("H22", NO_TICKET), ("H22-empty", NO_TICKET), ("H22-maintenance", NO_TICKET),
    ("H22-job", NO_TICKET),
    ("P1", Fine), ("P2", Fine), ("P3", Fine), ("P4", Fine), ("P5", Fine), ("P6", NO_TICKET),
    ("P7", Fine), ("P8", Fine), ("P9", Fine), ("P10", Fine), ("P11", Fine), ("P12", Fine),
    ("P13", Fine), ("P13-id", NO_TICKET), ("P14", Fine), ("P15", Fine), ("P16", Fate::Mismatch),
    ("P17", Fine), ("P18", Fine), ("P18-surrogate", Fine), ("P18-large", Fine),
    ("L1", Fine), ("L1-missing", Fine), ("L1-text", Fine), ("L1-object", Fine), ("L1-bare", Fine),
    ("L2", Fine), ("L2-id", Fine), ("L2-id-text", Fine),
    ("L3", Fine), ("L3-null", Fine), ("L3-object", Fine), ("L3-number", Fine),
    ("L4", Fine), ("L4-other", Fine), ("L4-repeated", Fine),
    ("L5", Fine), ("L5-case", Fine), ("L5-prefix", Fine),
];

/// What the emulator answers when it makes strings into numbers.
const ID: &str = "123";

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

fn rule(id: &str, applied: Option<Applied>) -> FaultRule {
    let mut fault = Fault::named(id).unwrap().hold(Duration::from_secs(10));
    if id == "F13" {
        fault = fault.hold(Duration::from_secs(5));
    }
    if let Some(applied) = applied {
        fault = fault.applied(applied);
    }
    FaultRule::new(fault).operation("create_ticket")
}

fn faulty(id: &str, applied: Option<Applied>) -> Emulator {
    let emulator = emulator();
    emulator.inject(rule(id, applied));
    emulator
}

async fn create(emulator: &Emulator) -> Result<Created, Error> {
    let ticket = ticket().external_id(ID);
    faulty_client_of(emulator).tickets().create(ticket).await
}

async fn create_once(emulator: &Emulator) -> Result<Created, Error> {
    let id = ExternalId::new(ID).unwrap();
    faulty_client_of(emulator)
        .tickets()
        .create_once(id, ticket())
        .await
}

#[test]
fn every_fault_has_its_fate() {
    let expected: BTreeSet<_> = FATES.iter().map(|(id, _)| *id).collect();
    let known: BTreeSet<_> = catalogue().map(|info| info.id()).collect();
    assert_eq!(expected, known);
}

#[tokio::test(start_paused = true)]
async fn create_sends_at_most_once_what_may_have_arrived() {
    for (id, fate) in FATES {
        let emulator = faulty(id, None);
        let result = create(&emulator).await;
        let tickets = emulator.ticket_count();
        match (fate, result) {
            (Fine, Ok(created)) => assert_eq!((created.attempts(), tickets), (1, 1), "{id}"),
            (Resent, Ok(created)) => assert_eq!((created.attempts(), tickets), (2, 1), "{id}"),
            (Fate::Rejected(kind), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.delivery()),
                    (*kind, Delivery::Rejected),
                    "{id}"
                );
                assert_eq!(tickets, 0, "{id}");
            }
            (Unknown(kind), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.delivery()),
                    (*kind, Delivery::Unknown),
                    "{id}"
                );
                assert!(posts(&emulator) <= 1, "{id}");
            }
            (Fate::Applied(kind), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.delivery()),
                    (*kind, Delivery::Applied),
                    "{id}"
                );
                assert_eq!((error.resource_id(), tickets), (None, 1), "{id}");
                assert!(error.status().unwrap().is_success());
            }
            (Fate::AppliedWithId(kind), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.delivery()),
                    (*kind, Delivery::Applied),
                    "{id}"
                );
                assert!(error.resource_id().is_some(), "{id}");
                assert_eq!(tickets, 1, "{id}");
            }
            (Fate::Mismatch, Err(error)) => {
                let seen = (error.kind(), error.delivery());
                assert_eq!(seen, (ErrorKind::Mismatch, Delivery::Applied), "{id}");
                assert!(error.resource_id().is_some(), "{id}");
            }
            (fate, result) => panic!("{id}: {fate:?}, but {result:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn create_once_ends_with_one_ticket_or_says_why_not() {
    for (id, fate) in FATES {
        let emulator = faulty(id, None);
        let result = create_once(&emulator).await;
        let tickets = emulator.count_with_external_id(ID);
        match (fate, result) {
            (Fine, Ok(created)) => {
                assert_eq!((created.how(), created.attempts()), (How::Sent, 1), "{id}");
                assert_eq!(tickets, 1, "{id}");
            }
            (Resent, Ok(created)) => {
                assert_eq!((created.how(), created.attempts()), (How::Sent, 2), "{id}");
                assert_eq!(tickets, 1, "{id}");
            }
            (Fate::Rejected(kind), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.delivery()),
                    (*kind, Delivery::Rejected),
                    "{id}"
                );
                assert_eq!(tickets, 0, "{id}");
            }
            (Unknown(_) | Fate::Applied(_) | Fate::AppliedWithId(_), Ok(created)) => {
                assert_eq!(created.how(), How::FoundAfterAmbiguity, "{id}");
                assert_eq!((created.attempts(), tickets), (1, 1), "{id}");
                assert_eq!(created.ticket.external_id.as_deref(), Some(ID));
            }
            (Unknown(_), Err(error)) => {
                let seen = (error.kind(), error.delivery());
                assert_eq!(seen, (ErrorKind::InDoubt, Delivery::Unknown), "{id}");
                assert_eq!(tickets, 0, "{id}");
                let doubt = error.in_doubt().unwrap();
                assert_eq!(doubt.external_id().as_str(), ID);
                assert!(doubt.sent_at().is_some());
                assert_eq!(doubt.look_ups(), 5, "{id}");
            }
            (Fate::Mismatch, Err(error)) => assert_eq!(error.kind(), ErrorKind::Mismatch, "{id}"),
            (fate, result) => panic!("{id}: {fate:?}, but {result:?}"),
        }
        assert!(tickets <= 1, "{id}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_applied_late_or_not_at_all_is_told_apart_by_looking() {
    let ten = Duration::from_secs(10);
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        let id = info.id();
        for applied in [Applied::AtOnce, Applied::After(ten)] {
            let emulator = faulty(id, Some(applied));
            let created = create_once(&emulator).await.unwrap();
            assert_eq!(created.how(), How::FoundAfterAmbiguity, "{id}");
            assert_eq!(emulator.count_with_external_id(ID), 1, "{id}");
        }
        let emulator = faulty(id, Some(Applied::Never));
        let error = create_once(&emulator).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InDoubt, "{id}");
        assert_eq!(error.delivery(), Delivery::Unknown, "{id}");
        assert_eq!(posts(&emulator), 1, "{id}");
    }
}

#[tokio::test(start_paused = true)]
async fn faults_of_looking_do_not_lead_to_a_second_ticket() {
    for info in catalogue() {
        let emulator = faulty("F7", None);
        for operation in ["list_tickets", "get_ticket"] {
            let fault = Fault::named(info.id())
                .unwrap()
                .hold(Duration::from_secs(3));
            emulator.inject(FaultRule::new(fault).operation(operation).times(2));
        }
        let result = create_once(&emulator).await;
        let tickets = emulator.count_with_external_id(ID);
        assert!(tickets <= 1, "{}: {tickets}", info.id());
        if let Err(error) = result {
            let known = error.delivery() != Delivery::Unknown || error.in_doubt().is_some();
            assert!(known, "{}: {error:?}", info.id());
        }
    }
}
