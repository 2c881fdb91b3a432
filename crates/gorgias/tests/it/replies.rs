//! Replies to tickets, and those that are added once.

use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::{BodyHash, Journal, MemoryJournal, reply_key};
use gorgias::{
    Client, Delivery, Dispatch, Error, ErrorKind, ExternalId, How, NewMessage, NewTicket, Replied,
    Resend, SettlePolicy, Settled,
};
use gorgias_emulator::{Applied, Emulator, Fault, FaultRule, catalogue};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{Script, Step, builder, client_with, emulator, json as answer};

const SECOND: Duration = Duration::from_secs(1);

fn id() -> ExternalId {
    ExternalId::new("shipment-77").unwrap()
}

fn note() -> NewMessage {
    NewMessage::internal_note("agent@acme.example").text("The warehouse looks.")
}

fn client(emulator: &Emulator, journal: &Arc<MemoryJournal>) -> Client {
    client_with(emulator, Arc::clone(journal))
}

/// A helpdesk with a ticket, and its client.
async fn helpdesk() -> (Emulator, Client, i64) {
    let emulator = emulator();
    let client = client(&emulator, &Arc::default());
    let ticket = NewTicket::from_customer("jane@example.com").text("Where is it?");
    let created = client.tickets().create(ticket).await.unwrap();
    let ticket_id = created.ticket.id;
    (emulator, client, ticket_id)
}

fn on(operation: &str, fault: Fault) -> FaultRule {
    FaultRule::new(fault).operation(operation)
}

fn fault(name: &str) -> Fault {
    Fault::named(name).unwrap().hold(10 * SECOND)
}

/// The messages of all tickets with the external id.
fn replies(emulator: &Emulator) -> usize {
    let tickets = emulator.tickets();
    let messages = tickets
        .iter()
        .flat_map(|ticket| ticket["messages"].as_array().unwrap());
    messages
        .filter(|message| message["external_id"] == "shipment-77")
        .count()
}

/// The requests to add a message.
fn posts(emulator: &Emulator) -> usize {
    let requests = emulator.requests();
    let is_reply = |path: &str| path.ends_with("/messages");
    requests
        .iter()
        .filter(|seen| seen.method == http::Method::POST && is_reply(&seen.path))
        .count()
}

async fn reply_once(client: &Client, ticket_id: i64) -> Result<Replied, Error> {
    client.tickets().reply_once(ticket_id, id(), note()).await
}

#[tokio::test]
async fn each_direction_is_added_as_it_says() {
    let (emulator, client, ticket_id) = helpdesk().await;
    let tickets = client.tickets();
    let sent = "2026-03-02T11:00:05Z".parse().unwrap();
    let mail = |dispatch| {
        let (agent, from, to) = (
            "agent@acme.example",
            "support@acme.example",
            "jane@example.com",
        );
        NewMessage::outgoing_email(agent, from, to, dispatch).text("It comes tomorrow.")
    };
    let incoming = NewMessage::from_customer("jane@example.com").text("Still nothing.");
    for (message, from_agent, public, sent_datetime) in [
        (note(), true, false, None),
        (incoming, false, true, Some(())),
        (mail(Dispatch::SendNow), true, true, None),
        (mail(Dispatch::AlreadySentAt(sent)), true, true, Some(())),
    ] {
        let replied = tickets.reply(ticket_id, message).await.unwrap();
        let message = &replied.message;
        assert_eq!(message.from_agent, Some(from_agent));
        assert_eq!(message.public, Some(public));
        assert_eq!(message.sent_datetime.map(drop), sent_datetime);
        assert_eq!((replied.how(), replied.attempts()), (How::Sent, 1));
    }
    assert_eq!(posts(&emulator), 4);
    let mut messages = tickets.messages(ticket_id).stream();
    let mut texts = Vec::new();
    while let Some(message) = messages.next().await {
        texts.push(message.unwrap().body_text.unwrap());
    }
    assert_eq!(texts.len(), 5);
    assert_eq!(texts[2], "Still nothing.");
}

#[tokio::test]
async fn an_answer_goes_back_the_way_the_message_came() {
    let client = client(&emulator(), &Arc::default());
    let tickets = client.tickets();
    let mail = NewTicket::incoming_email("jane@example.com", "support@acme.example");
    let mail = mail.first_message(|message| message.subject("Order 1234").text("Where is it?"));
    let created = tickets.create(mail).await.unwrap();
    let ticket_id = created.ticket.id;
    let mut last = created.ticket.messages[0].clone();
    // To the customer's message, and then to the agent's own.
    for _ in 0..2 {
        let answer = NewMessage::answering(&last, "agent@acme.example", Dispatch::SendNow);
        let answer = answer.unwrap().text("It was sent today.");
        let body: Value = serde_json::from_str(&answer.to_json().unwrap()).unwrap();
        assert_eq!(body["source"]["from"]["address"], "support@acme.example");
        assert_eq!(body["source"]["to"][0]["address"], "jane@example.com");
        assert_eq!(body["receiver"]["email"], "jane@example.com");
        assert_eq!(
            (&body["subject"], &body["from_agent"]),
            (&json!("Order 1234"), &json!(true))
        );
        last = tickets.reply(ticket_id, answer).await.unwrap().message;
    }
    let note = tickets.reply(ticket_id, note()).await.unwrap().message;
    assert!(NewMessage::answering(&note, "agent@acme.example", Dispatch::SendNow).is_none());
}

#[tokio::test]
async fn a_reply_is_checked_in_full_before_it_is_sent() {
    let script = Script::default();
    let client = script.client();
    let mail = NewMessage::outgoing_email(
        "agent@acme.example",
        42,
        "jane.example.com",
        Dispatch::SendNow,
    );
    let wrong = mail
        .subject("Re: order\r\nBcc: all@example.com")
        .attachment(gorgias::Attachment::new(
            "http://10.0.0.1/a",
            "a",
            "text/plain",
        ));
    let pointers = |error: Error| -> Vec<String> {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.delivery(), Delivery::NotSent);
        let violations = error.violations().unwrap().iter();
        violations.map(|found| found.pointer().to_owned()).collect()
    };
    let mut found = pointers(client.tickets().reply(7, wrong.clone()).await.unwrap_err());
    found.sort_unstable();
    let expected = [
        "/attachments/0/url",
        "/receiver/email",
        "/source/from/address",
        "/source/to/0/address",
        "/subject",
    ];
    assert_eq!(found, expected);
    let once = client.tickets().reply_once(7, id(), wrong.clone());
    let mut found = pointers(once.await.unwrap_err());
    found.sort_unstable();
    assert_eq!(found, expected);
    assert!(wrong.validate().is_err());
    let other = note().external_id("another");
    let once = client.tickets().reply_once(7, id(), other);
    assert_eq!(pointers(once.await.unwrap_err()), ["/external_id"]);
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_may_have_arrived_is_not_repeated() {
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        let (emulator, client, ticket_id) = helpdesk().await;
        emulator.inject(on("create_ticket_message", fault(info.id())));
        let error = client.tickets().reply(ticket_id, note()).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{}", info.id());
        assert!(posts(&emulator) <= 1, "{}", info.id());
    }
}

#[tokio::test]
async fn an_error_of_a_reply_says_what_became_of_the_message() {
    let (_, client, _) = helpdesk().await;
    let error = client.tickets().reply(1, note()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert!(
        error
            .to_string()
            .contains("the ticket message was not created"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_second_call_gives_the_first_one_s_message() {
    let (emulator, client, ticket_id) = helpdesk().await;
    let first = reply_once(&client, ticket_id).await.unwrap();
    let second = reply_once(&client, ticket_id).await.unwrap();
    assert_eq!((first.how(), second.how()), (How::Sent, How::FoundBefore));
    assert_eq!((first.look_ups(), second.look_ups()), (1, 0));
    assert_eq!(first.message.id, second.message.id);
    assert_eq!(first.message.external_id.as_deref(), Some("shipment-77"));
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn an_id_counts_within_its_ticket() {
    let (emulator, client, ticket_id) = helpdesk().await;
    let ticket = || NewTicket::from_customer("jane@example.com").text("Another.");
    let other = client.tickets().create_once(id(), ticket()).await.unwrap();
    reply_once(&client, ticket_id).await.unwrap();
    let replied = reply_once(&client, other.ticket.id).await.unwrap();
    assert_eq!(replied.how(), How::Sent);
    assert_eq!(replies(&emulator), 2);
    let again = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(again.ticket.id, other.ticket.id);

    let different = note().text("Another text.");
    let call = client.tickets().reply_once(ticket_id, id(), different);
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyReused);
    assert_eq!(error.key(), Some("shipment-77"));
    assert_eq!(replies(&emulator), 2);
}

#[tokio::test(start_paused = true)]
async fn another_process_without_the_journal_looks_first() {
    let (emulator, first, ticket_id) = helpdesk().await;
    let replied = reply_once(&first, ticket_id).await.unwrap();
    let second = client(&emulator, &Arc::default());
    let found = reply_once(&second, ticket_id).await.unwrap();
    assert_eq!((found.how(), found.look_ups()), (How::FoundBefore, 1));
    assert_eq!(found.message.id, replied.message.id);

    let third = client(&emulator, &Arc::default());
    let call = third.tickets().reply_once(ticket_id, id(), note());
    let doubled = call.look_first(false).await.unwrap();
    assert_eq!(doubled.how(), How::Sent);
    let fourth = client(&emulator, &Arc::default());
    let found = reply_once(&fourth, ticket_id).await.unwrap();
    assert_eq!(found.message.id, replied.message.id);
    assert_eq!(found.duplicates(), [doubled.message.id]);
}

#[tokio::test(start_paused = true)]
async fn a_long_conversation_is_read_to_its_last_page() {
    let (emulator, client, ticket_id) = helpdesk().await;
    for _ in 0..250 {
        client.tickets().reply(ticket_id, note()).await.unwrap();
    }
    let replied = reply_once(&client, ticket_id).await.unwrap();
    assert_eq!(replied.how(), How::Sent);
    let before = emulator.request_count();
    let second = self::client(&emulator, &Arc::default());
    let found = reply_once(&second, ticket_id).await.unwrap();
    assert_eq!(found.message.id, replied.message.id);
    assert_eq!(
        emulator.request_count() - before,
        4,
        "three pages and the message"
    );
}

#[tokio::test(start_paused = true)]
async fn every_fault_of_the_request_leads_to_one_message_at_most() {
    for info in catalogue() {
        let (emulator, client, ticket_id) = helpdesk().await;
        emulator.inject(on("create_ticket_message", fault(info.id())));
        let result = reply_once(&client, ticket_id).await;
        // Such an answer has another external id than the request.
        let renamed = ["H20", "P16", "P10"].contains(&info.id());
        match result {
            Ok(replied) => {
                assert_eq!(replies(&emulator), 1, "{}", info.id());
                assert!(replied.duplicates().is_empty(), "{}", info.id());
            }
            Err(error) if renamed => {
                assert_eq!(error.kind(), ErrorKind::Mismatch, "{}", info.id());
            }
            Err(error) => {
                assert_eq!(replies(&emulator), 0, "{}: {error}", info.id());
                let seen = (error.kind(), error.delivery());
                assert!(
                    seen.1 == Delivery::Rejected || seen == (ErrorKind::InDoubt, Delivery::Unknown),
                    "{}: {error}",
                    info.id()
                );
            }
        }
        // A limit that never ends refuses as often as it is asked.
        assert!(posts(&emulator) <= 2 || info.id() == "H5", "{}", info.id());
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_applied_late_or_not_at_all_is_told_apart_by_looking() {
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        for applied in [Applied::AtOnce, Applied::After(10 * SECOND)] {
            let (emulator, client, ticket_id) = helpdesk().await;
            let fault = fault(info.id()).applied(applied);
            emulator.inject(on(
                "create_ticket_message",
                fault.visibility_lag(9 * SECOND),
            ));
            let replied = reply_once(&client, ticket_id).await.unwrap();
            assert_eq!(replied.how(), How::FoundAfterAmbiguity, "{}", info.id());
            assert_eq!(replies(&emulator), 1, "{}", info.id());
        }
        let (emulator, client, ticket_id) = helpdesk().await;
        let fault = fault(info.id()).applied(Applied::Never);
        emulator.inject(on("create_ticket_message", fault));
        let error = reply_once(&client, ticket_id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InDoubt, "{}", info.id());
        assert_eq!(error.in_doubt().unwrap().external_id(), &id());
        assert_eq!(posts(&emulator), 1, "{}", info.id());
    }
}

#[tokio::test(start_paused = true)]
async fn faults_of_looking_do_not_lead_to_a_second_message() {
    for info in catalogue() {
        let (emulator, client, ticket_id) = helpdesk().await;
        emulator.inject(on("create_ticket_message", fault("F7")));
        for operation in ["list_ticket_messages", "get_ticket_message"] {
            emulator.inject(on(operation, fault(info.id())).times(2));
        }
        let result = reply_once(&client, ticket_id).await;
        assert!(replies(&emulator) <= 1, "{}", info.id());
        if let Err(error) = result {
            let known = error.delivery() != Delivery::Unknown || error.in_doubt().is_some();
            assert!(known, "{}: {error:?}", info.id());
        }
    }
}

/// Lists of messages that prove nothing.
fn no_evidence() -> Vec<Value> {
    let page = |data: Value, meta: Value| json!({"data": data, "meta": meta});
    let one = json!({"page": 1, "nb_pages": 1, "item_count": 1});
    let none = json!({"page": 1, "nb_pages": 0, "item_count": 0});
    vec![
        json!({}),
        json!([]),
        json!(null),
        json!({"error": {"msg": "Maintenance."}}),
        json!({"data": []}),
        page(json!([]), json!(null)),
        page(json!([]), json!({"next_cursor": null, "prev_cursor": null})),
        page(json!([]), json!({"page": 1, "nb_pages": 1})),
        page(json!([]), json!({"page": 1, "item_count": 0})),
        page(
            json!([]),
            json!({"page": "1", "nb_pages": 0, "item_count": 0}),
        ),
        page(json!(null), none.clone()),
        page(json!("none"), none.clone()),
        json!({"data": [], "meta": none, "error": {"msg": "Maintenance."}}),
        // More, or fewer, than the list says.
        page(json!([]), one.clone()),
        page(json!([{"id": 5, "external_id": null}]), none),
        // Items that can't be read.
        page(json!([null]), one.clone()),
        page(json!([{"id": 5}]), one.clone()),
        page(json!([{"id": "x", "external_id": null}]), one.clone()),
        page(json!([{"id": 5, "external_id": {}}]), one.clone()),
        // A message of another ticket.
        page(json!([{"id": 5, "external_id": null, "ticket_id": 8}]), one),
        // The same page for every number.
        page(
            json!([{"id": 5, "external_id": null}]),
            json!({"page": 1, "nb_pages": 2, "item_count": 2}),
        ),
    ]
}

/// Answers in place of all that look.
fn listing(list: &Value) -> Script {
    let steps = (0..40).map(|_| Step::Answer(answer(200, list.to_string())));
    Script::new(steps)
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_without_proof_that_there_is_none() {
    for list in no_evidence() {
        let script = listing(&list);
        let error = reply_once(&script.client(), 7).await.unwrap_err();
        let seen = (error.kind(), error.delivery());
        assert_eq!(seen, (ErrorKind::NoEvidence, Delivery::NotSent), "{list}");
        let is_get = |request: &http::Request<_>| request.method() == http::Method::GET;
        assert!(script.seen().iter().all(is_get), "{list}");
    }
    let status = Step::Answer(answer(
        206,
        r#"{"data":[],"meta":{"page":1,"nb_pages":0,"item_count":0}}"#,
    ));
    let script = Script::new([status]);
    let client = builder()
        .retry(gorgias::RetryPolicy::none())
        .transport(script)
        .build()
        .unwrap();
    let error = reply_once(&client, 7).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoEvidence);
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_that_is_whole_is_proof() {
    let empty = r#"{"data":[],"meta":{"page":1,"nb_pages":0,"item_count":0}}"#;
    let made = r#"{"id":9,"external_id":"shipment-77","ticket_id":7}"#;
    let script = Script::new([
        Step::Answer(answer(200, empty)),
        Step::Answer(answer(201, made)),
    ]);
    let replied = reply_once(&script.client(), 7).await.unwrap();
    assert_eq!((replied.how(), replied.message.id), (How::Sent, 9));
    let paths: Vec<_> = script
        .seen()
        .iter()
        .map(|request| request.uri().path_and_query().unwrap().to_string())
        .collect();
    let path = "/api/tickets/7/messages";
    assert_eq!(paths, [format!("{path}?limit=100"), path.to_owned()]);
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_a_ticket_that_is_not_there_leaves_nothing_behind() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    let error = reply_once(&client, 1).await.unwrap_err();
    let seen = (error.kind(), error.delivery());
    assert_eq!(seen, (ErrorKind::NotFound, Delivery::NotSent));
    let known = journal.body(&reply_key(1, &id())).await.unwrap();
    assert_eq!(known, None);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_in_flight_is_taken_up_and_never_doubled() {
    for (applied, how, total) in [
        (Applied::AtOnce, How::FoundBefore, 1),
        (Applied::After(20 * SECOND), How::FoundBefore, 1),
        (Applied::Never, How::Sent, 2),
    ] {
        let (emulator, client, ticket_id) = helpdesk().await;
        let fault = fault("F12").applied(applied).visibility_lag(20 * SECOND);
        emulator.inject(on("create_ticket_message", fault));
        let call = client.tickets().reply_once(ticket_id, id(), note());
        assert!(timeout(3 * SECOND, call.into_future()).await.is_err());
        let replied = reply_once(&client, ticket_id).await.unwrap();
        assert_eq!(replied.how(), how, "{applied:?}");
        assert_eq!(posts(&emulator), total, "{applied:?}");
        assert_eq!(replies(&emulator), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_reply_in_doubt_is_settled_without_sending_it() {
    let (emulator, _, ticket_id) = helpdesk().await;
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    let tickets = client.tickets();
    let settled = tickets.settle_reply(ticket_id, &id()).await.unwrap();
    assert!(matches!(settled, Settled::Absent));

    let never = fault("F7").applied(Applied::Never);
    emulator.inject(on("create_ticket_message", never));
    reply_once(&client, ticket_id).await.unwrap_err();
    let error = tickets.settle_reply(ticket_id, &id()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    let freeing = SettlePolicy::default().resend(Resend::AfterQuiet(60 * SECOND));
    let call = tickets.settle_reply(ticket_id, &id()).settle(freeing);
    assert!(matches!(call.await.unwrap(), Settled::Freed));
    assert_eq!(posts(&emulator), 1);

    let replied = reply_once(&client, ticket_id).await.unwrap();
    assert_eq!((replied.how(), posts(&emulator)), (How::Sent, 2));
    match tickets.settle_reply(ticket_id, &id()).await.unwrap() {
        Settled::Found(found) => assert_eq!(found.message.id, replied.message.id),
        other => panic!("{other:?}"),
    }
    assert_eq!(replies(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn the_journal_has_a_reply_under_a_key_of_its_own() {
    let (emulator, _, ticket_id) = helpdesk().await;
    let journal: Arc<MemoryJournal> = Arc::default();
    let client = client(&emulator, &journal);
    reply_once(&client, ticket_id).await.unwrap();
    let key = reply_key(ticket_id, &id());
    let body = BodyHash::of_reply(ticket_id, &note(), &id()).unwrap();
    assert_eq!(journal.body(&key).await.unwrap(), Some(body));
    assert_eq!(journal.body(&id()).await.unwrap(), None);
}
