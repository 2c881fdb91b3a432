//! Exports of Zendesk.

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
    let orphans = outcome.told(NoticeKind::Orphan);
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
fn statuses_and_priorities_become_those_of_gorgias() {
    let outcome = converted();
    let said: Vec<_> = (1001..1007)
        .map(|id| outcome.ticket(&format!("zendesk:{id}")))
        .map(|ticket| {
            (
                ticket["status"].as_str().unwrap(),
                ticket["priority"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("open", None),
            ("open", Some("critical")),
            ("open", Some("high")),
            ("open", Some("normal")),
            ("closed", Some("low")),
            ("closed", None),
        ]
    );
    assert_eq!(
        outcome.ticket("zendesk:1003")["meta"]["zendesk"]["status"],
        "pending"
    );
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
    assert_eq!(outcome.told(NoticeKind::PrivateByCustomer).len(), 1);
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
    assert_eq!(outcome.told(NoticeKind::NoMessages).len(), 3);
    assert_eq!(outcome.told(NoticeKind::Merged).len(), 1);
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
fn text_of_every_script_is_kept() {
    let outcome = converted();
    let ticket = outcome.about("أين طلبي؟");
    let text = &ticket["messages"][0]["body_text"];
    assert_eq!(*text, "مرحبا، أين طلبي رقم ١٢٣٤؟ 👋🏽");
    assert_eq!(ticket["language"], "ar");
    assert!(
        ticket["messages"][0]["body_html"]
            .as_str()
            .unwrap()
            .contains("مرحبا")
    );
}

#[test]
fn tags_keep_their_blanks() {
    let outcome = converted();
    let names = |subject| {
        let tags = outcome.about(subject)["tags"].as_array().unwrap().clone();
        let names = tags
            .iter()
            .map(|tag| tag["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("Tags"), ["vip customer", &"a".repeat(256), "twice"]);
    assert_eq!(names("Tags as a text"), ["red", "green"]);
}

#[test]
fn fields_of_each_type_are_mapped_or_kept() {
    let outcome = converted();
    let kept = &outcome.about("Fields")["meta"]["zendesk"]["custom_fields"];
    assert_eq!(kept["6"], json!(["red", "blue"]));
    assert_eq!(kept["4"], false);
    assert_eq!(kept.get("8"), None);
    assert_eq!(
        outcome.counts(NoticeKind::Unmapped, "custom_fields").len(),
        9
    );
    let map = r#"
        [custom_fields]
        1 = 101
        2 = { id = 102, type = "number" }
        3 = { id = 103, type = "boolean" }
        5 = { id = 105, values = { "billing__refund" = "Billing::Refund" } }
        6 = 106
        7 = { id = 107, type = "number" }
        10 = false
    "#;
    let map = Map::from_toml(map).unwrap();
    let outcome = convert(&example_conversion().map(map));
    let ticket = outcome.about("Fields");
    assert_eq!(
        ticket["custom_fields"],
        json!([
            {"id": 101, "value": "text"},
            {"id": 102, "value": 12},
            {"id": 103, "value": true},
            {"id": 105, "value": "Billing::Refund"},
            {"id": 106, "value": "red, blue"},
        ])
    );
    let kept = &ticket["meta"]["zendesk"]["custom_fields"];
    assert_eq!(*kept, json!({"4": false, "7": "2024-05-06", "9": 3.5}));
    assert_eq!(
        outcome.counts(NoticeKind::Dropped, "custom_fields"),
        [("10", 1)]
    );
}

#[test]
fn times_are_read_in_every_shape_and_guessed_ones_are_told() {
    let outcome = converted();
    let created = |subject| outcome.about(subject)["created_datetime"].clone();
    assert_eq!(created("Epoch seconds"), "2024-03-01T10:00:00Z");
    assert_eq!(created("Epoch milliseconds"), "2024-03-01T10:00:00Z");
    assert_eq!(created("Other shapes"), "2024-03-01T10:00:00Z");
    let at = |subject, index| outcome.about(subject)["messages"][index]["sent_datetime"].clone();
    assert_eq!(at("Epoch milliseconds", 0), "2024-03-01T10:00:00.123Z");
    assert_eq!(at("Other shapes", 1), "2024-03-01T10:00:00Z");
    assert_eq!(at("No time", 1), "1970-01-01T00:00:00Z");
    assert_eq!(outcome.told(NoticeKind::TimeGuessed).len(), 5);
    let order: Vec<_> = messages(outcome.about("Latest first"))
        .map(|message| message["from_agent"].as_bool().unwrap())
        .collect();
    assert_eq!(order, [false, true]);
}

#[test]
fn what_the_api_does_not_take_is_cut_or_mended_and_told() {
    let outcome = converted();
    outcome.about(&"x".repeat(998));
    outcome.about("two lines");
    let text = &outcome.about("U+0000 in a body")["messages"][0]["body_text"];
    assert_eq!(*text, "ab");
    let cut: Vec<_> = outcome
        .told(NoticeKind::Cut)
        .iter()
        .map(|notice| notice.at.clone().unwrap())
        .collect();
    assert_eq!(cut, ["/tags/1", "/subject"]);
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

#[test]
fn addresses_into_the_account_are_listed_and_counted() {
    let outcome = converted();
    let files = outcome.about("Files");
    let attachments = &files["messages"][0]["attachments"];
    assert_eq!(
        attachments[0],
        json!({
            "url": "https://acme.zendesk.com/attachments/token/aaa/?name=invoice.pdf",
            "name": "invoice.pdf", "content_type": "application/pdf", "size": 1234
        })
    );
    assert_eq!(attachments.as_array().unwrap().len(), 2);
    assert_eq!(outcome.told(NoticeKind::AttachmentLeftOut).len(), 2);
    let left_out = &files["messages"][0]["meta"]["zendesk"]["attachments"];
    assert_eq!(left_out[0]["url"], "http://10.0.0.1/private");
    for url in [
        "https://acme.zendesk.com/attachments/token/aaa/?name=invoice.pdf",
        "https://acme.zendesk.com/attachments/token/ccc/?name=a.png&x=1",
        "https://acme.zendesk.com/attachments/token/ddd",
        "https://acme.zendesk.com/attachments/recordings/77.mp3",
    ] {
        assert!(
            outcome.urls.iter().any(|one| one == url),
            "{url}: {:?}",
            outcome.urls
        );
    }
    assert_eq!(outcome.summary.files, 0);
}

#[test]
fn files_that_were_fetched_take_the_place_of_addresses() {
    let export = Export::new(&[]);
    fs::create_dir(export.path("70001")).unwrap();
    fs::write(export.path("70001/invoice.pdf"), "x").unwrap();
    let conversion = example_conversion().files(export.path(""));
    let outcome = crate::support::unchecked(&conversion);
    let url = outcome.about("Files")["messages"][0]["attachments"][0]["url"].clone();
    let url = url.as_str().unwrap();
    assert!(
        url.starts_with("file:///") && url.ends_with("/70001/invoice.pdf"),
        "{url}"
    );
    assert_eq!(outcome.summary.files, 1);
}

#[test]
fn the_last_version_of_a_ticket_counts() {
    let outcome = converted();
    assert_eq!(outcome.about("New version")["status"], "closed");
    assert!(
        outcome
            .tickets
            .iter()
            .all(|ticket| ticket["subject"] != "Old version")
    );
}

#[test]
fn comments_of_a_file_of_their_own_are_in_their_tickets() {
    let outcome = converted();
    let texts: Vec<_> = messages(outcome.about("Comments elsewhere"))
        .map(|message| message["body_text"].as_str().unwrap())
        .collect();
    assert_eq!(
        texts,
        [
            "Hello from elsewhere.",
            "SECRET elsewhere.",
            "Answer from elsewhere."
        ]
    );
}

#[test]
fn the_rest_of_a_ticket_is_in_its_meta_or_counted() {
    let outcome = converted();
    let ticket = outcome.about("Texts for ids");
    let meta = &ticket["meta"]["zendesk"];
    assert_eq!(ticket["external_id"], "zendesk:1999");
    assert_eq!(ticket["spam"], true);
    assert_eq!(ticket["closed_datetime"], "2024-03-04T10:00:00Z");
    assert_eq!(meta["organization"], "Example Ltd");
    assert_eq!(meta["cc"], json!(["carl@example.com"]));
    assert_eq!(meta["team"], "Billing");
    assert_eq!(meta["satisfaction_rating"]["comment"], "Thanks!");
    let rest = outcome.counts(NoticeKind::NotCarried, "tickets");
    assert_eq!(rest, [("metric_set", 1), ("something_new", 1)]);
    let users = outcome.counts(NoticeKind::NotCarried, "users");
    assert_eq!(users, [("notes", 1)]);
    let mail = &outcome.about("Mail")["messages"][0];
    assert_eq!(mail["message_id"], "<abc@mail.example.com>");
}

#[test]
fn an_email_without_addresses_has_another_channel() {
    let outcome = converted();
    let ticket = outcome.about("No address of ours");
    assert_eq!(ticket["messages"][0]["channel"], "api");
    let map = Map::from_toml("support_email = \"help@acme.example\"").unwrap();
    let outcome = convert(&example_conversion().map(map));
    let source = &outcome.about("No address of ours")["messages"][0]["source"];
    assert_eq!(source["to"][0]["address"], "help@acme.example");
}

#[test]
fn the_map_says_what_agents_teams_channels_and_addresses_become() {
    let map = r#"
        [agents]
        9001 = 41
        "bo@acme.example" = "bo@new.example"
        [teams]
        Billing = 7
        [channels]
        chat = "chat"
        voice = false
        [addresses]
        "support@acme.example" = "support@new.example"
        [statuses]
        hold = false
    "#;
    let outcome = convert(&example_conversion().map(Map::from_toml(map).unwrap()));
    let ticket = outcome.ticket("zendesk:1001");
    assert_eq!(ticket["assignee_user"], json!({"id": 41}));
    assert_eq!(ticket["messages"][1]["sender"], json!({"id": 41}));
    let from = &ticket["messages"][1]["source"]["from"];
    assert_eq!(from["address"], "support@new.example");
    let note = &outcome.about("Private notes")["messages"][2];
    assert_eq!(note["sender"], json!({"email": "bo@new.example"}));
    assert_eq!(
        outcome.about("Texts for ids")["assignee_team"],
        json!({"id": 7})
    );
    assert_eq!(outcome.about("Channel chat")["channel"], "chat");
    // Three on the phone, one on hold.
    assert_eq!(outcome.told(NoticeKind::LeftOut).len(), 4);
}

#[test]
fn arrays_pages_and_lines_give_the_same() {
    let tickets: Vec<Value> = (1..4)
        .map(|id| json!({"comments": [comment(7, "Hello.")], "id": id, "requester_id": 7}))
        .collect();
    let users = json!([{"id": 7, "name": "Jane", "email": "jane@example.com", "role": "end-user"}]);
    let lines: String = tickets
        .iter()
        .map(|ticket| format!("{ticket}\r\n"))
        .collect();
    let page = |tickets: &[Value]| json!({"count": 3, "next_page": null, "tickets": tickets, "users": users});
    let shapes = [
        format!("\u{feff}{lines}"),
        json!(tickets).to_string(),
        serde_json::to_string_pretty(&tickets).unwrap(),
        format!("{}\n{}\n", page(&tickets[..2]), page(&tickets[2..])),
        serde_json::to_string_pretty(&json!([page(&tickets)])).unwrap(),
    ];
    for shape in shapes {
        let export = Export::new(&[("tickets", &shape), ("users", &users.to_string())]);
        let conversion = Conversion::zendesk(export.path("tickets")).users(export.path("users"));
        let outcome = convert(&conversion);
        let ids: Vec<_> = outcome
            .tickets
            .iter()
            .map(|ticket| &ticket["external_id"])
            .collect();
        assert_eq!(ids, ["zendesk:1", "zendesk:2", "zendesk:3"], "{shape}");
        assert_eq!(outcome.tickets[0]["customer"]["email"], "jane@example.com");
    }
    // The users that come with the tickets are enough.
    let export = Export::new(&[("tickets", &page(&tickets).to_string())]);
    let outcome = convert(&Conversion::zendesk(export.path("tickets")));
    assert_eq!(outcome.tickets[2]["customer"]["email"], "jane@example.com");
}

#[test]
fn comments_come_in_several_shapes() {
    let ticket = json!({"id": 5, "requester_id": 7, "subject": "x", "description": "x"});
    let (one, two) = (comment(7, "One."), comment(8, "Two."));
    let mut two = two;
    two["id"] = json!(2);
    two["created_at"] = json!("2024-03-02T10:00:00Z");
    let with = |value: &Value, name: &str, member: Value| {
        let mut value = value.clone();
        value[name] = member;
        value
    };
    let event = |comment: &Value| {
        let mut child = comment.clone();
        let child = child.as_object_mut().unwrap();
        let at = child.remove("created_at").unwrap();
        child.insert("event_type".to_owned(), json!("Comment"));
        json!({"id": 99, "ticket_id": 5, "created_at": at, "child_events": [child, {"event_type": "Change"}]})
    };
    for text in [
        format!(
            "{}\n{}",
            with(&one, "ticket_id", json!(5)),
            with(&two, "ticket_id", json!("5"))
        ),
        json!({"ticket_id": 5, "comments": [one, two], "count": 2}).to_string(),
        json!({"id": 5, "comments": [one, two]}).to_string(),
        json!({"comments": [with(&one, "ticket_id", json!(5)), with(&two, "ticket_id", json!(5))]})
            .to_string(),
        json!({"ticket_events": [event(&one), event(&two)], "end_of_stream": true}).to_string(),
        // The same again, as overlapping runs of the API give it.
        format!("{0}{0}", json!({"ticket_id": 5, "comments": [one, two]})),
    ] {
        let export = Export::new(&[("tickets", &ticket.to_string()), ("comments", &text)]);
        let conversion = Conversion::zendesk(export.path("tickets"));
        let outcome = convert(&conversion.comments(export.path("comments")));
        let said: Vec<_> = messages(&outcome.tickets[0])
            .map(|message| (&message["body_text"], &message["sent_datetime"]))
            .collect();
        let (one, two) = (json!("One."), json!("Two."));
        let (first, second) = (json!("2024-03-01T10:00:00Z"), json!("2024-03-02T10:00:00Z"));
        assert_eq!(said, [(&one, &first), (&two, &second)], "{text}");
    }
}
