//! The conversion of values of an export.

use super::*;

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
fn times_are_read_in_every_shape_and_guessed_ones_get_a_notice() {
    let outcome = converted();
    let created = |subject| outcome.about(subject)["created_datetime"].clone();
    assert_eq!(created("Epoch seconds"), "2024-03-01T10:00:00Z");
    assert_eq!(created("Epoch milliseconds"), "2024-03-01T10:00:00Z");
    assert_eq!(created("Other shapes"), "2024-03-01T10:00:00Z");
    let at = |subject, index| outcome.about(subject)["messages"][index]["sent_datetime"].clone();
    assert_eq!(at("Epoch milliseconds", 0), "2024-03-01T10:00:00.123Z");
    assert_eq!(at("Other shapes", 1), "2024-03-01T10:00:00Z");
    assert_eq!(at("No time", 1), "1970-01-01T00:00:00Z");
    assert_eq!(outcome.notices_of(NoticeKind::TimeGuessed).len(), 5);
    let order: Vec<_> = messages(outcome.about("Latest first"))
        .map(|message| message["from_agent"].as_bool().unwrap())
        .collect();
    assert_eq!(order, [false, true]);
}

#[test]
fn values_that_the_api_refuses_are_cut_or_mended_with_a_notice() {
    let outcome = converted();
    outcome.about(&"x".repeat(998));
    outcome.about("two lines");
    let text = &outcome.about("U+0000 in a body")["messages"][0]["body_text"];
    assert_eq!(*text, "ab");
    let cut: Vec<_> = outcome
        .notices_of(NoticeKind::Cut)
        .iter()
        .map(|notice| notice.at.clone().unwrap())
        .collect();
    assert_eq!(cut, ["/tags/1", "/subject"]);
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
    assert_eq!(outcome.notices_of(NoticeKind::LeftOut).len(), 4);
}
