//! Exports of Zendesk.

mod files;
mod values;

use std::fs;

use gorgias_convert::{Conversion, Map, NoticeKind};
use serde_json::{Value, json};

use crate::support::{Converted, Export, convert, example, messages};

fn example_conversion() -> Conversion {
    Conversion::zendesk(example("tickets.json"))
        .users(example("users.json"))
        .organizations(example("organizations.json"))
        .comments(example("comments.json"))
}

fn converted() -> Converted {
    convert(&example_conversion())
}

fn comment(author: i64, body: &str) -> Value {
    json!({
        "id": 1, "author_id": author, "body": body, "public": true,
        "created_at": "2024-03-01T10:00:00Z"
    })
}

#[test]
fn every_ticket_of_the_example_is_converted_or_named() {
    let outcome = converted();
    let summary = &outcome.summary;
    let out = |kind| summary.notices.get(&kind).copied().unwrap_or_default();
    let left_out = out(NoticeKind::Deleted) + out(NoticeKind::Superseded);
    assert_eq!(
        (out(NoticeKind::Deleted), out(NoticeKind::Superseded)),
        (1, 1)
    );
    // One conversation became two tickets.
    assert_eq!(summary.lines, summary.tickets - left_out + 1);
    let orphans = outcome.notices_of(NoticeKind::Orphan);
    assert_eq!(orphans.len(), 1);
    assert_eq!(orphans[0].external_id.as_deref(), Some("zendesk:4711"));
    assert_eq!(summary.failures(), 1);
}

#[test]
fn the_order_and_the_ids_are_those_of_the_source() {
    let outcome = converted();
    let first: Vec<_> = outcome.tickets[..3]
        .iter()
        .map(|ticket| ticket["external_id"].as_str().unwrap())
        .collect();
    assert_eq!(first, ["zendesk:1001", "zendesk:1002", "zendesk:1003"]);
    let message = &outcome.tickets[0]["messages"][0];
    assert!(
        message["external_id"]
            .as_str()
            .unwrap()
            .starts_with("zendesk:1001/")
    );
    let again = converted();
    assert_eq!(outcome.tickets, again.tickets);
}

#[test]
fn people_are_customers_or_agents_by_their_role() {
    let outcome = converted();
    let ticket = outcome.ticket("zendesk:1001");
    assert_eq!(
        ticket["customer"],
        json!({"email": "Jane@Example.com", "name": "Jane Doe"})
    );
    let [question, answer] = [&ticket["messages"][0], &ticket["messages"][1]];
    assert_eq!(question["from_agent"], false);
    assert_eq!(question["sender"]["email"], "Jane@Example.com");
    assert_eq!(question["channel"], "email");
    assert_eq!(
        question["source"]["to"][0]["address"],
        "support@acme.example"
    );
    assert_eq!(answer["from_agent"], true);
    assert_eq!(answer["sender"], json!({"email": "ada@acme.example"}));
    assert_eq!(answer["receiver"]["email"], "Jane@Example.com");
    assert_eq!(answer["source"]["from"]["address"], "support@acme.example");
    assert_eq!(answer["sent_datetime"], "2024-03-02T10:00:00Z");
    let whole = outcome.about("Whole people");
    assert_eq!(whole["customer"]["email"], "paula@example.com");
    assert_eq!(whole["messages"][1]["from_agent"], true);
}

#[test]
fn private_comments_become_internal_notes() {
    let outcome = converted();
    let ticket = outcome.about("Private notes");
    let channels: Vec<_> = messages(ticket)
        .map(|message| &message["channel"])
        .collect();
    assert_eq!(
        channels,
        [
            "email",
            "email",
            "internal-note",
            "internal-note",
            "internal-note"
        ]
    );
    assert_eq!(outcome.notices_of(NoticeKind::PrivateByCustomer).len(), 1);
}

#[test]
fn messages_of_deleted_people_are_kept_as_from_nobody_known() {
    let outcome = converted();
    let author = outcome.about("Deleted author");
    let gone = &author["messages"][2];
    assert_eq!(gone["from_agent"], false);
    assert_eq!(gone["sender"], json!({"name": "Deleted user 777"}));
    assert_eq!(gone["body_text"], "I am gone.");
    let requester = outcome.about("Deleted requester");
    assert_eq!(requester["customer"], json!({"name": "Deleted user 778"}));
    // Who a ticket is assigned to is an agent.
    let agent = outcome.about("Deleted agent");
    assert_eq!(agent["messages"][2]["from_agent"], true);
    let map = Map::from_toml("unknown_customer = \"former@acme.example\"").unwrap();
    let outcome = convert(&example_conversion().map(map));
    let author = outcome.about("Deleted author");
    assert_eq!(
        author["messages"][2]["sender"]["email"],
        "former@acme.example"
    );
}

#[test]
fn tickets_without_comments_have_their_description() {
    let outcome = converted();
    let described = outcome.about("Only a description");
    assert_eq!(described["messages"][0]["body_text"], "All there is.");
    assert_eq!(described["messages"][0]["from_agent"], false);
    let by_agent = outcome.about("No comments member");
    assert_eq!(by_agent["messages"][0]["from_agent"], true);
    let nothing = outcome.about("Nothing at all");
    assert_eq!(nothing["messages"][0]["channel"], "internal-note");
    assert_eq!(outcome.notices_of(NoticeKind::NoMessages).len(), 3);
    assert_eq!(outcome.notices_of(NoticeKind::Merged).len(), 1);
}

#[test]
fn a_description_that_is_private_stays_so() {
    let ticket = json!({
        "id": 1, "requester_id": 7, "submitter_id": 8, "is_public": false, "description": "SECRET"
    });
    let (_export, conversion) = Export::zendesk(&[ticket]);
    let outcome = convert(&conversion);
    assert_eq!(outcome.tickets[0]["messages"][0]["public"], false);
}

#[test]
fn customers_with_only_a_phone_number_are_named_by_it() {
    let outcome = converted();
    let by_phone = |ticket: &&Value| ticket["subject"] == "By phone";
    let tickets: Vec<_> = outcome.tickets.iter().filter(by_phone).collect();
    let phone = json!([{"type": "phone", "address": "+33 1 23 45 67 89"}]);
    assert_eq!(tickets[0]["messages"][0]["sender"]["channels"], phone);
    assert_eq!(tickets[0].get("customer"), None);
    assert_eq!(tickets[1]["messages"][0]["receiver"]["channels"], phone);
    // Somebody without a number has that of the call.
    let caller = &tickets[2]["messages"][0]["sender"];
    assert_eq!(caller["name"], "Nobody Reachable");
    assert_eq!(caller["channels"][0]["address"], "+33123456789");
    let recording = &tickets[2]["messages"][2];
    assert_eq!(recording["attachments"][0]["name"], "recording");
    let text = recording["body_text"].as_str().unwrap();
    assert!(text.ends_with("please call back"), "{text}");
}

#[test]
fn a_long_conversation_becomes_several_tickets_that_name_one_another() {
    let outcome = converted();
    let first = outcome.about("Long conversation");
    let id = first["external_id"].as_str().unwrap().to_owned();
    let second = outcome.ticket(&format!("{id}#2"));
    assert_eq!(messages(first).count(), 500);
    assert_eq!(messages(second).count(), 3);
    assert_eq!(
        (&first["status"], &second["status"]),
        (&json!("closed"), &json!("open"))
    );
    let note = messages(first).last().unwrap();
    assert_eq!(note["channel"], "internal-note");
    assert!(
        note["body_text"]
            .as_str()
            .unwrap()
            .contains(&format!("{id}#2")),
        "{note}"
    );
    let note = messages(second).last().unwrap();
    assert!(note["body_text"].as_str().unwrap().contains(&id), "{note}");
    assert_eq!(second["messages"][0]["body_text"], "Message 499.");
}
