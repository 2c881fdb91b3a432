//! Finding, creating and changing customers.

use std::time::Duration;

use gorgias::{Contact, Delivery, ErrorKind, How, NewCustomer, NewTicket, RetryPolicy};
use gorgias_api::types::UpdateCustomer;
use gorgias_emulator::{Applied, Fault, FaultRule, catalogue};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{Script, Step, client_of, emulator, faulty_client_of, json as answer, posts};

const SECOND: Duration = Duration::from_secs(1);

fn jane() -> NewCustomer {
    NewCustomer::new(Contact::email("Jane@example.com").name("Jane Doe"))
        .channel("phone", "+15551234567")
        .external_id("customer-17")
}

#[tokio::test]
async fn a_customer_is_found_by_whatever_it_is_known_by() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let customers = client.customers();
    let created = customers.create(jane()).await.unwrap();
    assert_eq!(created.how(), How::Sent);
    let id = created.customer.id;
    customers.create("sam@example.com").await.unwrap();
    for contact in [
        Contact::email("JANE@example.com"),
        Contact::id(id),
        Contact::phone("+1 (555) 123-4567"),
        Contact::external_id("customer-17"),
    ] {
        let found = customers.find(contact).await.unwrap().unwrap();
        assert_eq!((found.id, found.channels.len()), (id, 2));
    }
    for contact in [
        Contact::email("jan@example.com"),
        Contact::id(id + 1_000),
        Contact::phone("+15551234568"),
        Contact::channel("whatsapp", "+15551234567"),
        Contact::external_id("Customer-17"),
    ] {
        assert!(customers.find(contact).await.unwrap().is_none());
    }
}

/// A service whose list has all customers, whatever it is asked for.
fn unfiltered(customers: &[Value]) -> Script {
    let list = json!({"data": customers, "meta": {"next_cursor": null}});
    let walks = [&list, &list].map(|list| Step::Answer(answer(200, list.to_string())));
    Script::new(walks)
}

fn listed(id: i64, email: &str, external_id: &str) -> Value {
    json!({"id": id, "email": email, "external_id": external_id})
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_not_filtered_is_walked() {
    let all = [
        listed(3, "a@example.com", "a"),
        listed(5, "b@example.com", "b"),
    ];
    for contact in [Contact::email("c@example.com"), Contact::external_id("c")] {
        let script = unfiltered(&all);
        let found = script.client().customers().find(contact).await.unwrap();
        assert!(found.is_none());
        assert_eq!(script.count(), 2);
        let uri = script.seen()[1].uri().to_string();
        assert!(
            uri.ends_with("?limit=100&order_by=created_datetime%3Aasc"),
            "{uri}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn by_phone_number_customers_are_read_and_not_without_end() {
    let count = 150;
    let all: Vec<_> = (1..=count)
        .map(|id| listed(id, "a@example.com", "a"))
        .collect();
    let list = json!({"data": all, "meta": {"next_cursor": null}}).to_string();
    let of = |id: i64, number: &str| {
        let channel = json!({"id": 1, "type": "phone", "address": number});
        let customer = json!({"id": id, "channels": [channel]});
        Step::Answer(answer(200, customer.to_string()))
    };
    let list = || Step::Answer(answer(200, list.clone()));
    let number = "+15550000000";

    // The first isn't it, so the list is walked, and the third is it.
    let mut steps = vec![list(), of(1, "+15550000001"), list()];
    steps.extend((1..=2).map(|id| of(id, "+15550000001")));
    steps.push(of(3, "+1 555 000-0000"));
    steps.push(of(3, number));
    let script = Script::new(steps);
    let found = script.client().customers().find(Contact::phone(number));
    assert_eq!(found.await.unwrap().unwrap().id, 3);

    let others = (1..=count).map(|id| of(id, "+15550000001"));
    let steps = [list(), of(1, "+15550000001"), list()]
        .into_iter()
        .chain(others);
    let script = Script::new(steps);
    let found = script.client().customers().find(Contact::phone(number));
    let error = found.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoEvidence);
    assert_eq!(
        error.to_string(),
        "whether the customer exists is not known"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the list is too long to be read to its end");
    assert_eq!(script.count(), 2 + 100);
}

#[tokio::test(start_paused = true)]
async fn an_odd_answer_is_no_proof_that_there_is_no_customer() {
    let page = |item: Value| json!({"data": [item], "meta": {"next_cursor": null}});
    for list in [
        json!({}),
        json!({"data": null}),
        json!({"data": [], "error": {"msg": "Maintenance."}}),
        json!({"data": [], "meta": {"next_cursor": "again"}}),
        page(json!(null)),
        page(json!({"id": 5, "external_id": null})),
        page(json!({"id": 5, "external_id": null, "email": {}})),
        page(json!({"id": null, "external_id": null, "email": null})),
    ] {
        let steps = (0..30).map(|_| Step::Answer(answer(200, list.to_string())));
        let script = Script::new(steps);
        let error = script.client().customers().find("jane@example.com");
        let error = error.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoEvidence, "{list}");
    }
}

#[tokio::test]
async fn a_new_customer_is_checked_before_it_is_sent() {
    let script = Script::default();
    let customers = script.client().customers();
    let wrong = NewCustomer::from("jane.example.com").name("Jane\r\nBcc: all@example.com");
    let error = customers.create(wrong).await.unwrap_err();
    let mut pointers: Vec<_> = error
        .violations()
        .unwrap()
        .iter()
        .map(|found| found.pointer().to_owned())
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/email", "/name"]);
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(script.count(), 0);
}

#[tokio::test]
async fn a_new_customer_from_elsewhere_is_checked_and_sent_as_it_is() {
    let written = json!({
        "channels": [{"address": "+15551234567", "preferred": false, "type": "phone"}],
        "email": null,
        "name": "Sam Poe",
    });
    let script = Script::answering(answer(201, r#"{"id":7}"#));
    let sam = NewCustomer::from_value(written.clone()).unwrap();
    script.client().customers().create(sam).await.unwrap();
    let sent: Value = serde_json::from_slice(script.seen()[0].body()).unwrap();
    assert_eq!(sent, written);

    let error = NewCustomer::from_value(json!({"name": 7, "firstname": "Sam"})).unwrap_err();
    let mut pointers: Vec<_> = error
        .violations()
        .unwrap()
        .iter()
        .map(|found| found.pointer().to_owned())
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/channels", "/firstname", "/name"]);
}

#[tokio::test(start_paused = true)]
async fn a_customer_whose_answer_was_lost_is_looked_for() {
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        for customer in [
            jane(),
            NewCustomer::new(Contact::phone("+15551234567")),
            NewCustomer::new(Contact::external_id("customer-18")),
        ] {
            for applied in [Applied::AtOnce, Applied::After(10 * SECOND)] {
                let emulator = emulator();
                let fault = Fault::named(info.id()).unwrap().applied(applied);
                emulator.inject(FaultRule::new(fault).operation("create_customer"));
                let created = faulty_client_of(&emulator)
                    .customers()
                    .create(customer.clone());
                let created = created.await.unwrap();
                assert_eq!(created.how(), How::FoundAfterAmbiguity, "{}", info.id());
                assert_eq!(posts(&emulator), 1, "{}", info.id());
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_customer_that_is_not_found_is_not_sent_again() {
    let emulator = emulator();
    let fault = Fault::named("F7").unwrap().applied(Applied::Never);
    emulator.inject(FaultRule::new(fault).operation("create_customer"));
    let start = Instant::now();
    let error = faulty_client_of(&emulator)
        .customers()
        .create(jane())
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert!(
        error.to_string().contains("the customer may exist"),
        "{error}"
    );
    assert_eq!(start.elapsed(), 52 * SECOND);
    assert_eq!(posts(&emulator), 1);

    // Without an address or an external id there is nothing to look for.
    let fault = Fault::named("F7").unwrap();
    emulator.inject(FaultRule::new(fault).operation("create_customer"));
    let nameless = NewCustomer::new(Contact::id(18));
    let start = Instant::now();
    let error = faulty_client_of(&emulator)
        .customers()
        .create(nameless)
        .await;
    assert_eq!(error.unwrap_err().delivery(), Delivery::Unknown);
    assert!(start.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_refused_customer_is_not_looked_for() {
    let emulator = emulator();
    let customers = faulty_client_of(&emulator).customers();
    customers.create(jane()).await.unwrap();
    let before = emulator.request_count();
    let error = customers.create("jane@example.com").await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert_eq!(emulator.request_count() - before, 1);
    for name in ["H9", "H10-role", "H12", "H13"] {
        emulator.inject(FaultRule::new(Fault::named(name).unwrap()).operation("create_customer"));
        let error = customers.create("sam@example.com").await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Rejected, "{name}");
    }
    // Nothing was sent, or it was too much: that passes.
    for name in ["F1", "H1"] {
        emulator.inject(FaultRule::new(Fault::named(name).unwrap()).operation("create_customer"));
        let address = format!("{}@example.com", name.to_lowercase());
        let created = customers.create(address.as_str()).await.unwrap();
        assert_eq!(
            (created.how(), created.metadata().attempts()),
            (How::Sent, 2)
        );
    }
}

#[tokio::test]
async fn an_update_sets_what_is_given_also_to_null() {
    let emulator = emulator();
    let customers = client_of(&emulator).customers();
    let id = customers.create(jane()).await.unwrap().customer.id;
    let update = customers.update(id).name("Jane Roe").language("de");
    let customer = update.await.unwrap();
    assert_eq!(customer.name.as_deref(), Some("Jane Roe"));
    let customer = customers.update(id).clear_language().await.unwrap();
    assert_eq!(customer.language, None);
    assert_eq!(customer.external_id.as_deref(), Some("customer-17"));
    assert_eq!(
        customers.get(id).await.unwrap().name.as_deref(),
        Some("Jane Roe")
    );
    customers.delete(id).await.unwrap();
    assert!(customers.find(id).await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_merge_moves_tickets_and_is_never_repeated() {
    let emulator = emulator();
    let client = faulty_client_of(&emulator);
    let customers = client.customers();
    let ticket = NewTicket::from_customer("jane@example.org").text("Hello.");
    let ticket = client.tickets().create(ticket).await.unwrap().ticket;
    let double = ticket.customer.unwrap().id.unwrap();
    let id = customers.create(jane()).await.unwrap().customer.id;
    let kept = || UpdateCustomer::new().name("Jane Doe");
    for name in ["F7", "H6-503", "H16"] {
        let fault = Fault::named(name).unwrap().applied(Applied::Never);
        emulator.inject(FaultRule::new(fault).operation("merge_customers"));
        let before = emulator.request_count();
        let merge = customers.merge(double, id, kept());
        let error = merge.with_retry(RetryPolicy::default()).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{name}");
        assert_eq!(emulator.request_count() - before, 1, "{name}");
    }
    customers.merge(double, id, kept()).await.unwrap();
    let moved = client.tickets().get(ticket.id).await.unwrap();
    assert_eq!(moved.customer.as_ref().unwrap().id, Some(id));
    let again = customers.merge(double, id, kept()).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::NotFound);
}
