//! The files of an export: the shapes they have, and those of attachments.

use super::*;

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
    assert_eq!(outcome.notices_of(NoticeKind::AttachmentLeftOut).len(), 2);
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
        // Every line twice, because runs of the API overlap.
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
