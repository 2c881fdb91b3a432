//! Changing tickets, their tags and their custom fields.

use chrono::{DateTime, Utc};
use gorgias::{Client, Delivery, ErrorKind, NewTicket};
use gorgias_api::types::{CreateAccountTag, CreateCustomField, Ticket};
use gorgias_emulator::{Emulator, Fault, FaultRule, catalogue};
use serde_json::{Value, json};

use crate::support::{Script, client_of, emulator, faulty_client_of};

async fn helpdesk() -> (Emulator, Client, i64) {
    let emulator = emulator();
    let client = client_of(&emulator);
    let ticket = NewTicket::from_customer("jane@example.com").text("Where is it?");
    let created = client.tickets().create(ticket).await.unwrap();
    let ticket_id = created.ticket.id;
    (emulator, client, ticket_id)
}

fn status(ticket: &Ticket) -> String {
    ticket.status.as_ref().unwrap().to_string()
}

#[tokio::test]
async fn an_update_sets_what_is_given_and_nothing_else() {
    let (_, client, id) = helpdesk().await;
    let tickets = client.tickets();
    let update = tickets.update(id).subject("Lost").priority("high");
    let ticket = update.external_id("order-1").await.unwrap().into_inner();
    assert_eq!(ticket.subject.as_deref(), Some("Lost"));
    assert_eq!(ticket.external_id.as_deref(), Some("order-1"));
    let ticket = tickets.update(id).clear_external_id().await.unwrap();
    assert_eq!(ticket.external_id, None);
    assert_eq!(ticket.subject.as_deref(), Some("Lost"));
    assert_eq!(ticket.priority.as_ref().unwrap().to_string(), "high");
}

#[tokio::test]
async fn each_verb_does_what_it_says() {
    let (emulator, client, id) = helpdesk().await;
    let tickets = client.tickets();
    assert_eq!(status(&tickets.close(id).await.unwrap()), "closed");
    let ticket = tickets.reopen(id).await.unwrap();
    assert_eq!(
        (status(&ticket).as_str(), ticket.closed_datetime),
        ("open", None)
    );
    let until: DateTime<Utc> = "2030-01-01T09:00:00Z".parse().unwrap();
    let ticket = tickets.snooze(id, until).await.unwrap();
    assert_eq!(ticket.snooze_datetime, Some(until));
    let ticket = tickets.update(id).clear_snooze_datetime().await.unwrap();
    assert_eq!(ticket.snooze_datetime, None);
    let ticket = tickets.trash(id).await.unwrap();
    assert!(ticket.trashed_datetime.is_some());
    let ticket = tickets.restore(id).await.unwrap();
    assert_eq!(ticket.trashed_datetime, None);
    tickets.delete(id).await.unwrap();
    assert_eq!(emulator.ticket_count(), 0);
    let error = tickets.delete(id).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_ticket_is_assigned_and_taken_back() {
    let (_, client, id) = helpdesk().await;
    let user = client.api().list_users().await.unwrap().data[0].id;
    let team = json!({"name": "Returns"});
    let team = client
        .request(http::Method::POST, "/api/teams")
        .json(&team)
        .await
        .unwrap();
    let team: Value = serde_json::from_slice(&team).unwrap();
    let team = team["id"].as_i64().unwrap();
    let tickets = client.tickets();
    let ticket = tickets.assign_user(id, user).await.unwrap();
    assert_eq!(ticket.assignee_user_id, Some(user));
    let ticket = tickets.assign_team(id, team).await.unwrap();
    assert_eq!(ticket.assignee_team_id, Some(team));
    let ticket = tickets.unassign(id).await.unwrap();
    assert_eq!(
        (ticket.assignee_user_id, ticket.assignee_team_id),
        (None, None)
    );
}

#[tokio::test]
async fn tags_are_added_replaced_and_removed() {
    let (_, client, id) = helpdesk().await;
    for name in ["lost", "vip", "late"] {
        client
            .api()
            .create_tag(CreateAccountTag::new(name))
            .await
            .unwrap();
    }
    let tags = client.tickets().tags(id);
    let names = async || -> Vec<String> {
        let list = tags.list().await.unwrap().into_inner();
        list.data.into_iter().filter_map(|tag| tag.name).collect()
    };
    tags.add(["lost", "vip"]).await.unwrap();
    assert_eq!(names().await.len(), 2);
    tags.set(["late", "vip"]).await.unwrap();
    tags.remove(["vip"]).await.unwrap();
    assert_eq!(names().await, ["late"]);
    let error = tags.add(["Late"]).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    tags.set::<String>([]).await.unwrap();
    assert!(names().await.is_empty());
    let ticket = client.tickets().update(id).tags(["lost"]).await.unwrap();
    assert_eq!(ticket.tags[0].name.as_deref(), Some("lost"));
}

#[tokio::test]
async fn custom_fields_are_set_singly_or_as_a_set() {
    let (_, client, id) = helpdesk().await;
    let mut ids = Vec::new();
    for label in ["Size", "Colour"] {
        let field = json!({
            "label": label,
            "object_type": "Ticket",
            "definition": {"data_type": "text", "input_settings": {"input_type": "input"}},
        });
        let field: CreateCustomField = serde_json::from_value(field).unwrap();
        let made = client.api().create_custom_field(field).await.unwrap();
        ids.push(made.id);
    }
    let (size, colour) = (ids[0], ids[1]);
    let fields = client.tickets().custom_fields(id);
    fields.set(size, "small").await.unwrap();
    fields.set(colour, "red").await.unwrap();
    assert_eq!(fields.list().await.unwrap().data.len(), 2);
    let set = fields.set_all([(colour, "blue")]).await.unwrap();
    assert_eq!(set.data.len(), 1, "the other one is gone");
    fields.remove(colour).await.unwrap();
    let error = fields.remove(colour).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert!(fields.list().await.unwrap().data.is_empty());
}

#[tokio::test]
async fn an_update_is_checked_before_it_is_sent() {
    let script = Script::default();
    let long = "x".repeat(999);
    let update = script.client().tickets().update(7).subject(long);
    let error = update.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let violations = error.violations().unwrap();
    assert_eq!(violations.iter().next().unwrap().pointer(), "/subject");
    assert!(error.to_string().contains("/subject"), "{error}");
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_may_have_arrived_is_not_repeated() {
    for info in catalogue().filter(|info| info.is_ambiguous()) {
        let emulator = emulator();
        let client = faulty_client_of(&emulator);
        let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
        let id = client.tickets().create(ticket).await.unwrap().ticket.id;
        let fault = Fault::named(info.id()).unwrap();
        emulator.inject(FaultRule::new(fault).operation("update_ticket"));
        let error = client.tickets().close(id).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{}", info.id());
        let requests = emulator.requests();
        let puts = requests
            .iter()
            .filter(|seen| seen.method == http::Method::PUT);
        assert!(puts.count() <= 1, "{}", info.id());
        assert!(
            error
                .to_string()
                .contains("the ticket may have been updated"),
            "{error}"
        );
    }
}
